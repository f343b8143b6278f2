package io.tokenmeter.cli.terminal;

/** Bold, dim and coloured text, or plain text where none of it is wanted. */
public final class Style {

  private static final String ESCAPE = "\u001B[";
  private static final String RESET = ESCAPE + "0m";

  private final boolean colour;

  /** Styled text, or plain text. */
  public Style(boolean colour) {
    this.colour = colour;
  }

  public String bold(String text) {
    return styled("1m", text);
  }

  public String dim(String text) {
    return styled("2m", text);
  }

  public String red(String text) {
    return styled("1;31m", text);
  }

  public String yellow(String text) {
    return styled("33m", text);
  }

  public String green(String text) {
    return styled("32m", text);
  }

  public String cyan(String text) {
    return styled("36m", text);
  }

  private String styled(String code, String text) {
    return colour && !text.isEmpty() ? ESCAPE + code + text + RESET : text;
  }

  /** The text with blanks after it up to the width, not counting what does not show. */
  public static String pad(String text, int width) {
    int shown = text.replaceAll("\u001B\\[[0-9;]*m", "").length();
    return text + " ".repeat(Math.max(0, width - shown));
  }
}

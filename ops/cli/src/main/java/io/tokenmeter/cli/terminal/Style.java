package io.tokenmeter.cli.terminal;

/** Bold and dim text, or plain text where neither is wanted. */
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

  private String styled(String code, String text) {
    return colour && !text.isEmpty() ? ESCAPE + code + text + RESET : text;
  }

  /** The text with blanks after it up to the width, not counting what does not show. */
  public static String pad(String text, int width) {
    int shown = text.replaceAll("\u001B\\[[0-9;]*m", "").length();
    return text + " ".repeat(Math.max(0, width - shown));
  }
}

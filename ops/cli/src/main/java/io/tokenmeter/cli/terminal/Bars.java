package io.tokenmeter.cli.terminal;

/** Horizontal bars, in eighths of a character where the terminal can show them. */
public final class Bars {

  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
  private static final String FULL = "█";

  private final boolean unicode;

  /** Bars of block characters, or of number signs where only ASCII shows. */
  public Bars(boolean unicode) {
    this.unicode = unicode;
  }

  /**
   * A bar without trailing blanks.
   *
   * @param share 0 to 1
   * @param width of a full bar, characters
   */
  public String bar(double share, int width) {
    double length = Math.min(1, Math.max(0, share)) * width;
    if (!unicode) {
      return "#".repeat((int) Math.round(length));
    }
    int eighths = (int) Math.round(length * 8);
    String rest = eighths % 8 == 0 ? "" : String.valueOf(EIGHTHS.charAt(eighths % 8));
    return FULL.repeat(eighths / 8) + rest;
  }
}

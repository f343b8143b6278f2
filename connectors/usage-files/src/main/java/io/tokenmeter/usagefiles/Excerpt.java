package io.tokenmeter.usagefiles;

/** A value from a file as an error message shows it: quoted, on one line, never long. */
final class Excerpt {

  private static final int MAX_CHARS = 40;

  private Excerpt() {}

  static String of(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= MAX_CHARS
        ? "'" + line + "'"
        : "'" + line.substring(0, MAX_CHARS) + "...'";
  }
}

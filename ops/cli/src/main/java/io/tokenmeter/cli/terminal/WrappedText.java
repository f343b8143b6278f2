package io.tokenmeter.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Text broken into lines at blanks, but not before a percent sign. */
public final class WrappedText {
  private WrappedText() {}

  /**
   * The lines of a text; a word that is longer than a line is cut.
   *
   * @param width of a line, characters, at least 1
   */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split("\\s+(?!%)")) {
      String rest = word;
      if (!line.isEmpty() && line.length() + 1 + rest.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      while (rest.length() > width) {
        lines.add(rest.substring(0, width));
        rest = rest.substring(width);
      }
      line.append(line.isEmpty() ? "" : " ").append(rest);
    }
    lines.add(line.toString());
    return lines;
  }
}

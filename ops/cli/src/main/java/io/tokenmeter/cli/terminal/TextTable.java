package io.tokenmeter.cli.terminal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Rows of text in aligned columns, as wide as their contents. */
public final class TextTable {

  private static final String GAP = "  ";
  private static final String INDENT = "  ";

  private final List<String[]> rows = new ArrayList<>();
  private final String alignment;
  private final Set<Integer> breaks = new HashSet<>();

  /**
   * A table without rows.
   *
   * @param alignment one letter a column: l for text, r for figures; a bar before the columns that
   *     a table too wide for one line a row goes on with in the next one
   */
  public TextTable(String alignment) {
    this.alignment = alignment.replace("|", "");
    for (int i = 0; i < alignment.length(); i++) {
      if (alignment.charAt(i) == '|') {
        breaks.add(i - breaks.size());
      }
    }
  }

  /** Adds a row; a missing cell at its end stays empty. */
  public void row(String... cells) {
    rows.add(cells);
  }

  /** The rows as lines without trailing blanks. */
  public List<String> lines() {
    return lines(Integer.MAX_VALUE);
  }

  /**
   * The rows as lines that fit a width. Columns that do not fit beside the ones before them go on
   * in indented lines of the same row, so put what matters first. Nothing is cut off: text that is
   * too wide even alone is broken at blanks.
   *
   * @param width of a line, characters
   */
  public List<String> lines(int width) {
    int[] widths = widths();
    List<Integer> starts = starts(widths, width);
    List<String> lines = new ArrayList<>();
    for (String[] row : rows) {
      for (int i = 0; i < starts.size(); i++) {
        int from = starts.get(i);
        int to = Math.min(i + 1 < starts.size() ? starts.get(i + 1) : widths.length, row.length);
        String line = line(row, widths, from, to);
        if (i == 0) {
          lines.add(line);
        } else if (!line.isEmpty()) {
          int room = Math.max(1, width - INDENT.length());
          List<String> parts = line.length() > room ? WrappedText.lines(line, room) : List.of(line);
          parts.forEach(part -> lines.add(INDENT + part));
        }
      }
    }
    return lines;
  }

  private int[] widths() {
    int[] widths = new int[alignment.length()];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return widths;
  }

  /** The columns with which a line of a row begins. */
  private List<Integer> starts(int[] widths, int width) {
    List<Integer> starts = new ArrayList<>(List.of(0));
    if (IntStream.of(widths).sum() + GAP.length() * (widths.length - 1) <= width) {
      return starts;
    }
    int used = widths[0];
    for (int i = 1; i < widths.length; i++) {
      used += GAP.length() + widths[i];
      if (used > width || breaks.contains(i)) {
        starts.add(i);
        used = INDENT.length() + widths[i];
      }
    }
    return starts;
  }

  private String line(String[] row, int[] widths, int from, int to) {
    StringBuilder line = new StringBuilder();
    for (int i = from; i < to; i++) {
      String padding = " ".repeat(widths[i] - row[i].length());
      line.append(i == from ? "" : GAP);
      line.append(alignment.charAt(i) == 'r' ? padding + row[i] : row[i] + padding);
    }
    return line.toString().stripTrailing();
  }
}

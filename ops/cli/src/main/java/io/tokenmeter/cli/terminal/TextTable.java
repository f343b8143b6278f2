package io.tokenmeter.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns, as wide as their contents. */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();
  private final String alignment;

  /**
   * A table without rows.
   *
   * @param alignment one letter a column: l for text, r for figures
   */
  public TextTable(String alignment) {
    this.alignment = alignment;
  }

  /** Adds a row; a missing cell at its end stays empty. */
  public void row(String... cells) {
    rows.add(cells);
  }

  /** The rows as lines without trailing blanks. */
  public List<String> lines() {
    int[] widths = new int[alignment.length()];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      String padding = " ".repeat(widths[i] - row[i].length());
      line.append(i == 0 ? "" : GAP);
      line.append(alignment.charAt(i) == 'r' ? padding + row[i] : row[i] + padding);
    }
    return line.toString().stripTrailing();
  }
}

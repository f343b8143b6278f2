package io.tokenmeter.cli.csv;

import java.util.List;

/**
 * One row of a file.
 *
 * @param line its line number, from 1
 * @param fields its fields exactly as written, with quotation marks and blanks
 */
public record CsvRow(long line, List<String> fields) {

  /** The field as it was written; empty where the row is too short. */
  public String raw(int column) {
    return column < fields.size() ? fields.get(column) : "";
  }

  /** What the field says, without blanks around it and without quotation marks. */
  public String text(int column) {
    String text = raw(column).strip();
    if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
      return text.substring(1, text.length() - 1).replace("\"\"", "\"").strip();
    }
    return text;
  }
}

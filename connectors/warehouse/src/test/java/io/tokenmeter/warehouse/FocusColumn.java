package io.tokenmeter.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A column of the FOCUS specification.
 *
 * @param level Mandatory, Conditional or Recommended
 * @param type String, Decimal, Date/Time or JSON
 * @param allowed the values that are allowed; empty where any is
 */
record FocusColumn(String name, String level, String type, boolean nullable, List<String> allowed) {

  /** The columns of version 1.2, as written down with their source in the test's resources. */
  static List<FocusColumn> ofVersion12() {
    try (InputStream in = FocusColumn.class.getResourceAsStream("focus-1.2-columns.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(FocusColumn::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FocusColumn parse(String line) {
    String[] cells = line.split(" \\|", -1);
    List<String> allowed =
        Arrays.stream(cells[4].split(";")).map(String::strip).filter(v -> !v.isEmpty()).toList();
    return new FocusColumn(
        cells[0].strip(),
        cells[1].strip(),
        cells[2].strip(),
        cells[3].strip().equals("yes"),
        allowed);
  }
}

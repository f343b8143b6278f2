package io.tokenmeter.cli.csv;

import io.tokenmeter.cli.CommandFailedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Which column of a file holds what, by its header or, without one, by position. */
public final class CsvColumns {

  private final boolean header;
  private final int[] positions;

  private CsvColumns(boolean header, int[] positions) {
    this.header = header;
    this.positions = positions;
  }

  /**
   * Works out the columns from a file's first row. It is a header unless its first field is a point
   * in time. The columns are those of the given names in any order. A header without any of the
   * names says nothing, and the columns are the first ones; where there are only as many columns as
   * names, a name that is not in the header takes the column that is left.
   *
   * @param file the row's file, for errors
   * @param first the row
   * @param names in lower case, in the order of columns without a header; the first is a point in
   *     time
   * @throws CommandFailedException if one of more columns than names lacks a name, if there are
   *     fewer columns than names, or if the row looks like data whose time cannot be read
   */
  public static CsvColumns of(CsvFile file, CsvRow first, String... names) {
    if (first.fields().size() < names.length) {
      throw file.failure(
          first,
          "has "
              + first.fields().size()
              + (first.fields().size() == 1 ? " column" : " columns")
              + " where "
              + String.join(",", names)
              + " are expected, separated by commas");
    }
    boolean header = Timestamps.millis(first.text(0)).isEmpty() && !looksLikeData(first);
    return new CsvColumns(header, header ? named(file, first, names) : firstOnes(names.length));
  }

  /** Whether the first row is a header and no data. */
  public boolean hasHeader() {
    return header;
  }

  /** Where the column of the name with this number is, from 0. */
  public int position(int name) {
    return positions[name];
  }

  /**
   * The point in time in a row's first named column, milliseconds since the epoch.
   *
   * @throws CommandFailedException if there is none
   */
  public long millis(CsvFile file, CsvRow row) {
    OptionalLong millis = Timestamps.millis(row.text(positions[0]));
    if (millis.isEmpty()) {
      throw file.failure(
          row,
          "'" + row.text(positions[0]) + "' is no timestamp; write it as " + Timestamps.EXAMPLES);
    }
    return millis.getAsLong();
  }

  /**
   * The reading in a row's column, NaN where it is missing.
   *
   * @param name number of the column's name
   * @throws CommandFailedException if it is no number
   */
  public double number(CsvFile file, CsvRow row, int name) {
    String text = row.text(positions[name]);
    try {
      return Numbers.parse(text);
    } catch (NumberFormatException e) {
      throw file.failure(
          row,
          "'" + text + "' is no number; write 1234.5 or 1.2345e3, or leave a missing value empty");
    }
  }

  /** A header names things; a row with a number in it is data. */
  private static boolean looksLikeData(CsvRow row) {
    for (int column = 1; column < row.fields().size(); column++) {
      String text = row.text(column);
      if (!text.isEmpty() && Character.isDigit(text.charAt(text.length() - 1))) {
        try {
          Numbers.parse(text);
          return true;
        } catch (NumberFormatException e) {
          // A name such as p95.
        }
      }
    }
    return false;
  }

  private static int[] named(CsvFile file, CsvRow row, String[] names) {
    List<String> titles = new ArrayList<>();
    for (int column = 0; column < row.fields().size(); column++) {
      titles.add(row.text(column).toLowerCase(Locale.ROOT));
    }
    if (Arrays.stream(names).noneMatch(titles::contains)) {
      return firstOnes(names.length);
    }
    int[] positions = new int[names.length];
    for (int name = 0; name < names.length; name++) {
      positions[name] = titles.indexOf(names[name]);
      if (positions[name] < 0 && titles.size() > names.length) {
        throw file.failure(row, "the header has no column " + names[name]);
      }
    }
    fillFromTheRest(positions);
    return positions;
  }

  private static void fillFromTheRest(int[] positions) {
    for (int name = 0; name < positions.length; name++) {
      for (int column = 0; positions[name] < 0; column++) {
        int candidate = column;
        if (Arrays.stream(positions).noneMatch(taken -> taken == candidate)) {
          positions[name] = column;
        }
      }
    }
  }

  private static int[] firstOnes(int count) {
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      positions[i] = i;
    }
    return positions;
  }
}

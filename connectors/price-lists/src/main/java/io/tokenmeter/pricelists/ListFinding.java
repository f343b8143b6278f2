package io.tokenmeter.pricelists;

import java.util.Comparator;

/**
 * Something a reader of a price list must know.
 *
 * @param reason stable name of the kind of finding, by which findings are counted
 * @param line line of the file, counted from 1; 0 where no line can be named
 * @param row provider, model and what else tells the row apart; empty for the file as a whole
 * @param message what is wrong, in one sentence
 */
public record ListFinding(Severity severity, String reason, int line, String row, String message) {

  /** Gravest first, then in the order of the file. */
  public static final Comparator<ListFinding> GRAVEST_FIRST =
      Comparator.comparing(ListFinding::severity).thenComparingInt(ListFinding::line);

  static ListFinding error(String reason, int line, String row, String message) {
    return new ListFinding(Severity.ERROR, reason, line, row, message);
  }

  static ListFinding warning(String reason, int line, String row, String message) {
    return new ListFinding(Severity.WARNING, reason, line, row, message);
  }

  static ListFinding info(String reason, int line, String row, String message) {
    return new ListFinding(Severity.INFO, reason, line, row, message);
  }
}

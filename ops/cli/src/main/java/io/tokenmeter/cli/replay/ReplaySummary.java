package io.tokenmeter.cli.replay;

import io.tokenmeter.cli.totals.CostedTotals;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What became of a file.
 *
 * @param lines lines that are not blank, the header of a CSV not among them
 * @param duplicates lines whose event had been seen before, in the file or earlier
 * @param rejected lines that could not be read, and events that the application rejected
 * @param totals the file's distinct and valid events, from costed-usage
 * @param costUsd what the roll-ups say the same events cost, USD
 * @param duration from the first line sent to the last total written
 */
record ReplaySummary(
    long lines,
    long duplicates,
    long rejected,
    CostedTotals totals,
    BigDecimal costUsd,
    Duration duration) {

  /** Distinct and valid events. */
  long events() {
    return totals.all().events();
  }

  /** Whether the roll-ups and the costed events say the same. */
  boolean sumsAgree() {
    return costUsd.compareTo(totals.all().costUsd()) == 0;
  }

  /** Lines sent and processed per second. */
  double eventsPerSecond() {
    return lines / Math.max(0.001, duration.toNanos() / 1e9);
  }
}

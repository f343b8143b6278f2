package io.tokenmeter.benchmarks.process;

import java.math.BigDecimal;

/**
 * A total that a rung arrived at, beside the exact one.
 *
 * @param what what was added up
 * @param expectedEvents the exact number of events
 * @param events the number found
 * @param expectedPicos the exact cost, USD 1e-12
 * @param picos the cost found
 */
public record TotalsCheck(
    String what, long expectedEvents, long events, long expectedPicos, long picos) {

  /** Whether both agree to the last digit. */
  public boolean exact() {
    return events == expectedEvents && picos == expectedPicos;
  }

  /** The difference in words. */
  public String difference() {
    return "%s: %,d events instead of %,d, %s USD instead of %s"
        .formatted(what, events, expectedEvents, usd(picos), usd(expectedPicos));
  }

  private static String usd(long picos) {
    return BigDecimal.valueOf(picos, 12).toPlainString();
  }
}

package io.tokenmeter.domain.rollup;

import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.money.Money;

/**
 * What was used over some time, as detectors see it. Differences may be negative.
 *
 * @param requests billed requests, retries among them
 * @param errors requests that ended in an error or were aborted
 * @param retries requests that repeat an earlier attempt
 * @param unpricedRequests requests without a price so far
 * @param inputTokens input tokens, cache reads and writes included
 * @param cacheReadTokens cache reads, tokens
 * @param cacheWriteTokens cache writes, tokens
 * @param outputTokens output tokens, reasoning included
 * @param inputCost cost of input tokens other than cache reads and writes
 * @param cacheReadCost cost of cache reads
 * @param cacheWriteCost cost of cache writes
 * @param outputCost cost of output tokens
 * @param cost cost of all priced requests: the four above and flat fees
 */
public record UsageSums(
    long requests,
    long errors,
    long retries,
    long unpricedRequests,
    long inputTokens,
    long cacheReadTokens,
    long cacheWriteTokens,
    long outputTokens,
    Money inputCost,
    Money cacheReadCost,
    Money cacheWriteCost,
    Money outputCost,
    Money cost) {
  /** Nothing used. */
  public static final UsageSums NONE =
      new UsageSums(
          0, 0, 0, 0, 0, 0, 0, 0, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);

  /** What a roll-up's totals, or the difference to be added to them, hold. */
  public static UsageSums of(RollupTotals totals) {
    Money cost = Money.ZERO;
    for (int slot = 0; slot < RollupTotals.COST_SLOTS; slot++) {
      cost = cost.plus(cost(totals, slot));
    }
    return new UsageSums(
        totals.requests,
        totals.errors,
        totals.retries,
        totals.unpricedRequests,
        totals.inputTokens,
        totals.cacheReadTokens,
        totals.cacheWriteTokens,
        totals.outputTokens,
        cost(totals, CostKind.INPUT),
        cost(totals, CostKind.CACHE_READ),
        cost(totals, CostKind.CACHE_WRITE),
        cost(totals, CostKind.OUTPUT),
        cost);
  }

  /** Both together. */
  public UsageSums plus(UsageSums other) {
    return new UsageSums(
        requests + other.requests,
        errors + other.errors,
        retries + other.retries,
        unpricedRequests + other.unpricedRequests,
        inputTokens + other.inputTokens,
        cacheReadTokens + other.cacheReadTokens,
        cacheWriteTokens + other.cacheWriteTokens,
        outputTokens + other.outputTokens,
        inputCost.plus(other.inputCost),
        cacheReadCost.plus(other.cacheReadCost),
        cacheWriteCost.plus(other.cacheWriteCost),
        outputCost.plus(other.outputCost),
        cost.plus(other.cost));
  }

  /** Standard and batch traffic together. */
  private static Money cost(RollupTotals totals, CostKind kind) {
    return cost(totals, RollupTotals.costSlot(kind, false))
        .plus(cost(totals, RollupTotals.costSlot(kind, true)));
  }

  private static Money cost(RollupTotals totals, int slot) {
    return Money.of(totals.costHigh(slot), totals.costLow(slot));
  }
}

package io.tokenmeter.domain.drivers;

import io.tokenmeter.domain.rollup.UsageSums;

/**
 * What was used of one model, as statistics compute with it: sums or averages of sums.
 *
 * @param requests priced requests, retries among them
 * @param retries requests that repeat an earlier attempt
 * @param inputTokens input tokens, cache reads and writes included
 * @param cacheReadTokens cache reads, tokens
 * @param cacheWriteTokens cache writes, tokens
 * @param outputTokens output tokens
 * @param inputCost dollars for input tokens other than cache reads and writes
 * @param cacheReadCost dollars for cache reads
 * @param cacheWriteCost dollars for cache writes
 * @param outputCost dollars for output tokens
 * @param cost dollars in all
 */
public record ModelUsage(
    double requests,
    double retries,
    double inputTokens,
    double cacheReadTokens,
    double cacheWriteTokens,
    double outputTokens,
    double inputCost,
    double cacheReadCost,
    double cacheWriteCost,
    double outputCost,
    double cost) {
  /** Nothing used. */
  public static final ModelUsage NONE = new ModelUsage(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Sums as they were counted; requests without a price left out. */
  public static ModelUsage of(UsageSums sums) {
    return new ModelUsage(
        sums.requests() - sums.unpricedRequests(),
        sums.retries(),
        sums.inputTokens(),
        sums.cacheReadTokens(),
        sums.cacheWriteTokens(),
        sums.outputTokens(),
        Dollars.of(sums.inputCost()),
        Dollars.of(sums.cacheReadCost()),
        Dollars.of(sums.cacheWriteCost()),
        Dollars.of(sums.outputCost()),
        Dollars.of(sums.cost()));
  }

  /** So many times as much of everything. */
  public ModelUsage times(double factor) {
    return new ModelUsage(
        requests * factor,
        retries * factor,
        inputTokens * factor,
        cacheReadTokens * factor,
        cacheWriteTokens * factor,
        outputTokens * factor,
        inputCost * factor,
        cacheReadCost * factor,
        cacheWriteCost * factor,
        outputCost * factor,
        cost * factor);
  }

  /** Both together. */
  public ModelUsage plus(ModelUsage other) {
    return new ModelUsage(
        requests + other.requests,
        retries + other.retries,
        inputTokens + other.inputTokens,
        cacheReadTokens + other.cacheReadTokens,
        cacheWriteTokens + other.cacheWriteTokens,
        outputTokens + other.outputTokens,
        inputCost + other.inputCost,
        cacheReadCost + other.cacheReadCost,
        cacheWriteCost + other.cacheWriteCost,
        outputCost + other.outputCost,
        cost + other.cost);
  }

  /** Input and output tokens. */
  public double tokens() {
    return inputTokens + outputTokens;
  }
}

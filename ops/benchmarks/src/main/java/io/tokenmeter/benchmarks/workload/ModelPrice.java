package io.tokenmeter.benchmarks.workload;

/**
 * A model of the workload and its list price.
 *
 * @param provider who serves it
 * @param model name as served
 * @param share share of the traffic, percent
 * @param inputPicos price of an input token, USD 1e-12
 * @param cacheReadPicos price of a token read from the prompt cache, USD 1e-12
 * @param cacheWritePicos price of a token written to the prompt cache, USD 1e-12; -1 where writing
 *     is not billed
 * @param outputPicos price of an output token, USD 1e-12
 * @param reasoning whether the model reports reasoning tokens
 */
public record ModelPrice(
    String provider,
    String model,
    int share,
    long inputPicos,
    long cacheReadPicos,
    long cacheWritePicos,
    long outputPicos,
    boolean reasoning) {

  /** Whether the provider bills cache writes at a rate of their own. */
  public boolean billsCacheWrites() {
    return cacheWritePicos >= 0;
  }

  /**
   * Exact cost in USD 1e-12 of counts in the normal form: input includes cache reads and writes.
   */
  public long costPicos(long input, long cacheRead, long cacheWrite, long output) {
    return (input - cacheRead - cacheWrite) * inputPicos
        + cacheRead * cacheReadPicos
        + cacheWrite * Math.max(0, cacheWritePicos)
        + output * outputPicos;
  }
}

package io.tokenmeter.domain.estimate;

import java.math.BigDecimal;

/**
 * Traffic as it is planned.
 *
 * @param requestsPerDay requests that users make a day, without retries; at least 1
 * @param inputTokens of one request, tokens, those read from a cache included; at least 0
 * @param outputTokens of one request, tokens, reasoning included; at least 0
 * @param cachedShare part of the input tokens that is read from the provider's cache, 0 to 1
 * @param batchShare part of the requests that is served in the batch tier, 0 to 1
 * @param allowance calls beyond the planned ones, for retries and tool calls, as a part of them;
 *     0.2 makes 1.2 calls of a request; at least 0
 */
public record Workload(
    long requestsPerDay,
    long inputTokens,
    long outputTokens,
    BigDecimal cachedShare,
    BigDecimal batchShare,
    BigDecimal allowance) {

  /** Of a request, where nobody knows better. */
  public static final BigDecimal USUAL_ALLOWANCE = new BigDecimal("0.2");

  private static final int MOST_DIGITS = 30;

  /**
   * Checks a workload.
   *
   * @throws IllegalArgumentException naming what is wrong and what it may be
   */
  public Workload {
    require(requestsPerDay >= 1, "requests a day must be 1 or more, not " + requestsPerDay);
    require(inputTokens >= 0, "input tokens must be 0 or more, not " + inputTokens);
    require(outputTokens >= 0, "output tokens must be 0 or more, not " + outputTokens);
    require(inputTokens + outputTokens > 0, "a request has input or output tokens, or both");
    requireShare(cachedShare, "the cached share");
    requireShare(batchShare, "the batch share");
    requireShort(allowance, "the allowance");
    require(allowance.signum() >= 0, "the allowance must be 0 or more, not " + allowance);
  }

  /** Calls to the model for one request: 1 and the allowance. */
  public BigDecimal callsPerRequest() {
    return BigDecimal.ONE.add(allowance);
  }

  private static void requireShare(BigDecimal share, String name) {
    requireShort(share, name);
    require(
        share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0,
        name + " must be from 0 to 1, not " + share.toPlainString());
  }

  /** "1e-999999999" is a short text, and its digits would fill the memory. */
  private static void requireShort(BigDecimal number, String name) {
    require(
        Math.abs((long) number.scale()) <= MOST_DIGITS && number.precision() <= MOST_DIGITS,
        name + " must be a plain decimal number of at most " + MOST_DIGITS + " digits");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

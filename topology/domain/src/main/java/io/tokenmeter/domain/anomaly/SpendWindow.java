package io.tokenmeter.domain.anomaly;

/**
 * The time from the start of a bucket to a later moment, as statistics see it.
 *
 * @param start first minute, minutes since the epoch
 * @param minutes how long, above 0
 * @param dollars spent
 * @param expected dollars expected
 * @param doubt dollars by which that may be wrong
 * @param tokensUsually dollars that its tokens usually cost
 * @param requestsUsually dollars that its requests usually cost, each of its model
 * @param requests priced requests
 * @param retries requests that repeat an earlier attempt
 * @param dearest dollars of its dearest request, at most
 */
record SpendWindow(
    long start,
    double minutes,
    double dollars,
    double expected,
    double doubt,
    double tokensUsually,
    double requestsUsually,
    double requests,
    double retries,
    double dearest) {

  /** A window of no time that ends at a minute, to be extended into the past. */
  static SpendWindow endingAt(long minute) {
    return new SpendWindow(minute, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * With the bucket before it.
   *
   * @param length how much of the bucket is over, minutes
   * @param expectedOfIt dollars expected of that
   * @param doubtOfIt dollars by which that may be wrong
   */
  SpendWindow extended(UsageBucket bucket, double length, double expectedOfIt, double doubtOfIt) {
    return new SpendWindow(
        bucket.start,
        minutes + length,
        dollars + bucket.dollars(),
        expected + expectedOfIt,
        doubt + doubtOfIt,
        tokensUsually + bucket.tokensUsually,
        requestsUsually + bucket.requestsUsually,
        requests + bucket.requests(),
        retries + bucket.retries(),
        Math.max(dearest, bucket.dearest));
  }

  /** Requests that repeat no other. */
  double firstAttempts() {
    return Math.max(0, requests - retries);
  }

  /** Dollars more than some others in a day at this rate; negative if less. */
  double moreADay(double others) {
    return (dollars - others) * 1440 / minutes;
  }
}

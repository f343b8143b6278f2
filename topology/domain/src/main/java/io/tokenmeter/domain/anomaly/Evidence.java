package io.tokenmeter.domain.anomaly;

/**
 * How improbable a ratio of spend to expected spend is, as the logarithm of its likelihood ratio:
 * about {@code exp(-evidence)} is the chance of as much by chance (Chernoff's bound).
 */
final class Evidence {
  private Evidence() {}

  /**
   * Against spend being as expected, for a ratio above 1: that of a gamma distribution, which has
   * the long upper tail of sums of few dear requests.
   *
   * @param ratio observed over expected
   * @param variance relative variance of the expected spend
   */
  static double ofRise(double ratio, double variance) {
    return ratio <= 1 ? 0 : (ratio - 1 - Math.log(ratio)) / variance;
  }

  /**
   * For a ratio below 1: that of a negative binomial distribution, requests that come by chance at
   * a rate that drifts. Silence of steady traffic is strong evidence, of irregular traffic it is
   * none.
   */
  static double ofFall(double ratio, Variance variance) {
    if (ratio >= 1) {
      return 0;
    }
    double expected = 1 / variance.chance();
    double shape = 1 / Math.max(variance.drift(), 1e-6);
    double seen = ratio * expected;
    double own = seen <= 0 ? 0 : seen * Math.log(ratio);
    return own - (seen + shape) * Math.log((seen + shape) / (expected + shape));
  }

  /**
   * That so many of the requests are retries, by the binomial distribution.
   *
   * @param usual the share that is usual, above 0 and below 1
   */
  static double ofRetries(double retries, double requests, double usual) {
    double share = Math.min(1, retries / requests);
    if (share <= usual) {
      return 0;
    }
    double others = share >= 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - usual));
    return requests * (share * Math.log(share / usual) + others);
  }

  /** The ratio above 1 from which on the evidence of a rise is at least so much. */
  static double riseOf(double evidence, double variance) {
    double excess = evidence * variance;
    double ratio = 1 + excess + Math.sqrt(2 * excess);
    for (int i = 0; i < 20; i++) {
      // Newton's method from above on a convex function.
      ratio -= (ratio - 1 - Math.log(ratio) - excess) / (1 - 1 / ratio);
    }
    return ratio;
  }

  /** The ratio below 1 from which down the evidence of a fall is at least so much; 0 if none is. */
  static double fallOf(double evidence, Variance variance) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 40; i++) {
      double middle = (low + high) / 2;
      if (ofFall(middle, variance) >= evidence) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

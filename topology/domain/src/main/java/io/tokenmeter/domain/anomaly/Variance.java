package io.tokenmeter.domain.anomaly;

/**
 * A relative variance in two parts.
 *
 * @param chance of requests that come by chance: falls with their number
 * @param drift of the rate at which they come
 */
record Variance(double chance, double drift) {

  double sum() {
    return chance + drift;
  }

  /** With more doubt of the rate. */
  Variance plus(double moreDrift) {
    return new Variance(chance, drift + moreDrift);
  }
}

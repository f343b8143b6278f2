package io.tokenmeter.domain.anomaly.series;

/**
 * A mean in which a value's weight halves every so many rows. Until that many were seen, all weigh
 * the same, so that the first value is not half of the mean for long.
 */
final class RunningMean {
  private final double rate;
  private double mean;
  private long count;

  RunningMean(double halfLifeRows) {
    this.rate = 1 - Math.pow(0.5, 1 / halfLifeRows);
  }

  void add(double value) {
    count++;
    mean += Math.max(rate, 1.0 / count) * (value - mean);
  }

  /** The mean, 0 before the first value. */
  double get() {
    return mean;
  }

  long count() {
    return count;
  }
}

package io.tokenmeter.domain.anomaly;

import java.util.Arrays;

/** Location and scale that a few wild values do not move. */
public final class RobustScale {
  /**
   * Makes the median absolute deviation of a normal distribution its standard deviation (P. J.
   * Rousseeuw and C. Croux, Alternatives to the median absolute deviation, JASA 88, 1993).
   */
  public static final double MAD_TO_SIGMA = 1.4826;

  private RobustScale() {}

  /**
   * The median.
   *
   * @param values at least one; left as they are
   */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2;
  }

  /**
   * The standard deviation by the median absolute deviation, never below a floor: a flat series has
   * none.
   *
   * @param values at least one; left as they are
   * @param center what deviations are counted from, as a rule the median
   * @param floor the least to return, 0 or more
   */
  public static double sigma(double[] values, double center, double floor) {
    double[] deviations = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      deviations[i] = Math.abs(values[i] - center);
    }
    return Math.max(floor, MAD_TO_SIGMA * median(deviations));
  }
}

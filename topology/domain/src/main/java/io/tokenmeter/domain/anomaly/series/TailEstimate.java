package io.tokenmeter.domain.anomaly.series;

/**
 * How rarely a statistic gets as large as this, learned from its own history.
 *
 * <p>A histogram over the logarithm, six bins to the octave, gives the share of larger values.
 * Above the 95th percentile that share is too coarse, and values beyond all history would be equal,
 * so the tail is taken to fall as a power of the value, as Hill's estimator does (Hill, Annals of
 * Statistics 3, 1975), with the exponent drawn towards a prior while there is little to learn it
 * from. Old values are forgotten at the pace of {@link SeriesScorer#MEMORY_ROWS}.
 */
final class TailEstimate {
  private static final int PER_OCTAVE = 6;
  private static final int LOWEST_OCTAVE = -8;
  private static final int BINS = PER_OCTAVE * 32;
  private static final double BIN_LOG = Math.log(2) / PER_OCTAVE;
  private static final double TAIL_SHARE = 0.05;

  /** The tail falls as the third power until more is known, and that weighs as five values. */
  private static final double PRIOR_MEAN_EXCESS = 1.0 / 3;

  private static final double PRIOR_VALUES = 5;
  private static final double GROWTH = Math.pow(2, 1.0 / SeriesScorer.MEMORY_ROWS);
  private static final double RESCALE_ABOVE = 1e100;

  private final double[] weights = new double[BINS];
  private double total;
  private double weight = 1; // of the next value: growing weights are forgetting without a loop
  private int topBin;

  /**
   * The decimal logarithm of how many values one must see to see one as large, by history before
   * this value; then adds the value to history.
   *
   * @param value 0 or more
   * @return 0 for what is usual, 3 for once in a thousand; 0 for the first value
   */
  double surprise(double value) {
    double position = position(value);
    double surprise = total > 0 ? -Math.log10(Math.min(1, shareAbove(position))) : 0;
    add((int) position);
    return surprise;
  }

  /**
   * The value that is exceeded this often; 0 before the first value.
   *
   * @param share 0 to 1
   */
  double exceededBy(double share) {
    if (total == 0) {
      return 0;
    }
    double above = 0;
    int bin = topBin;
    while (bin > 0 && above + weights[bin] < share * total) {
      above += weights[bin--];
    }
    return bin == 0 ? 0 : Math.exp((bin + 1 + (double) LOWEST_OCTAVE * PER_OCTAVE) * BIN_LOG);
  }

  private double shareAbove(double position) {
    double above = 0;
    int bin = topBin;
    // The bin in which the tail begins; a position in it or above is judged by the power law.
    while (bin >= 0 && above + weights[bin] < TAIL_SHARE * total) {
      above += weights[bin--];
    }
    int tail = bin + 1;
    if (position > tail) {
      double atTail = (above / weight + 0.5) / (total / weight + 1);
      return atTail * Math.exp(-(position - tail) * BIN_LOG / meanExcess(tail, above));
    }
    for (; bin > (int) position; bin--) {
      above += weights[bin];
    }
    // Half of the value's own bin at least, for a value that comes again and again fills it alone.
    double larger = Math.max(0.5, bin + 1 - position);
    double within = (int) position == bin ? weights[bin] * larger : 0;
    return ((above + within) / weight + 0.5) / (total / weight + 1);
  }

  /** Of the logarithm of values in the tail over its beginning. */
  private double meanExcess(int tail, double above) {
    double sum = 0;
    for (int bin = tail; bin <= topBin; bin++) {
      sum += weights[bin] * (bin + 0.5 - tail);
    }
    return (sum / weight * BIN_LOG + PRIOR_VALUES * PRIOR_MEAN_EXCESS)
        / (above / weight + PRIOR_VALUES);
  }

  private void add(int bin) {
    weight *= GROWTH;
    weights[bin] += weight;
    total += weight;
    topBin = Math.max(topBin, bin);
    if (weight > RESCALE_ABOVE) {
      for (int i = 0; i < BINS; i++) {
        weights[i] /= weight;
      }
      total /= weight;
      weight = 1;
    }
  }

  /** In bins, from 0; what is smaller than the first bin or larger than the last is put there. */
  private static double position(double value) {
    if (!(value > 0)) {
      return 0;
    }
    double position = Math.log(value) / BIN_LOG - (double) LOWEST_OCTAVE * PER_OCTAVE;
    return Math.min(Math.max(position, 0), BINS - 1e-6);
  }
}

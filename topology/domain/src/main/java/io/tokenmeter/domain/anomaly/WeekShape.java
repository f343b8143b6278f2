package io.tokenmeter.domain.anomaly;

/**
 * How the spend of a dimension's subjects is spread over the hours of a week, each subject relative
 * to its own level. Flat until something is learned.
 */
final class WeekShape {
  /** How many subject-hours the flat prior counts for. */
  private static final float PRIOR = 3;

  /** Subject-hours an estimate remembers. */
  private static final float MEMORY = 400;

  private final float[] sums = new float[HourOfWeek.SLOTS];
  private final float[] weights = new float[HourOfWeek.SLOTS];

  /**
   * Takes note of an hour of a subject.
   *
   * @param slot where in the week
   * @param relative its spend over the subject's average hour
   */
  void learn(int slot, double relative) {
    if (weights[slot] >= MEMORY) {
      sums[slot] *= 1 - 1 / MEMORY;
      weights[slot] *= 1 - 1 / MEMORY;
    }
    sums[slot] += (float) Math.min(relative, 10);
    weights[slot]++;
  }

  /** Spend of an hour in this slot over the average hour of a week. */
  double relative(int slot) {
    return value(slot) / mean();
  }

  /** All slots at once, see {@link #relative}. */
  double[] relatives() {
    double mean = mean();
    double[] relatives = new double[HourOfWeek.SLOTS];
    for (int slot = 0; slot < relatives.length; slot++) {
      relatives[slot] = value(slot) / mean;
    }
    return relatives;
  }

  private double value(int slot) {
    return (sums[slot] + PRIOR) / (weights[slot] + PRIOR);
  }

  private double mean() {
    double sum = 0;
    for (int slot = 0; slot < HourOfWeek.SLOTS; slot++) {
      sum += value(slot) * HourOfWeek.perWeek(slot);
    }
    return sum / (7 * 24);
  }

  void write(StateWriter out) {
    out.reals(sums);
    out.reals(weights);
  }

  static WeekShape read(StateReader in) {
    WeekShape shape = new WeekShape();
    in.reals(shape.sums);
    in.reals(shape.weights);
    return shape;
  }
}

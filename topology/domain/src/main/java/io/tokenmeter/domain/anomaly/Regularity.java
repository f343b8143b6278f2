package io.tokenmeter.domain.anomaly;

/**
 * How regular a subject is: how far its hours fell from what was expected of them, and the most it
 * spent in each length of time, in the last week or so.
 */
final class Regularity {
  private static final int SIZE = TimeScale.values().length;

  /** Hours, and the misses assumed for them, before anything was seen. */
  private static final double PRIOR_HOURS = 24;

  private static final double PRIOR_MISS = 0.3;

  /** Spend of no more than so many times the highest is like it. */
  private static final double NOT_MORE = 1.1;

  private final float[] peaks = new float[SIZE];
  private float missed;
  private float spent;

  /** Takes note of an hour that is over. */
  void learnHour(double dollars, double expected) {
    float kept = 1 - 1f / HourlyHistory.HOURS;
    missed = kept * missed + (float) Math.abs(dollars - expected);
    spent = kept * spent + (float) dollars;
    for (int i = 0; i < SIZE; i++) {
      peaks[i] *= kept;
    }
  }

  /** Takes note of what was spent in a time of a scale. */
  void learn(TimeScale scale, double dollars) {
    peaks[scale.ordinal()] = Math.max(peaks[scale.ordinal()], (float) dollars);
  }

  /**
   * Dollars by which an hour may be off, whatever the season says: next to nothing for a subject
   * that keeps its hours, several times its level for one whose jobs come at any time.
   *
   * @param level dollars of an average hour
   */
  double doubt(double level) {
    double miss = (missed + PRIOR_MISS * PRIOR_HOURS * level) / (spent + PRIOR_HOURS * level);
    return level > 0 ? miss * miss * level : 0;
  }

  /** Whether about so much was spent in so many minutes lately. */
  boolean hasSpent(double dollars, double minutes) {
    return dollars <= NOT_MORE * peak(minutes);
  }

  /** The most dollars that were spent in so many minutes lately, by the scales next to it. */
  private double peak(double minutes) {
    int i = 1;
    while (i < SIZE - 1 && TimeScale.of(i).minutes < minutes) {
      i++;
    }
    double from = TimeScale.of(i - 1).minutes;
    double to = TimeScale.of(i).minutes;
    double share = Math.min(1, Math.max(0, (minutes - from) / (to - from)));
    return peaks[i - 1] + share * (peaks[i] - peaks[i - 1]);
  }

  void write(StateWriter out) {
    out.reals(peaks);
    out.real(missed);
    out.real(spent);
  }

  static Regularity read(StateReader in) {
    Regularity regularity = new Regularity();
    in.reals(regularity.peaks);
    regularity.missed = in.real();
    regularity.spent = in.real();
    return regularity;
  }
}

package io.tokenmeter.domain.anomaly;

/** The {@link Spread} of a group's typical subject: the geometric mean of theirs. */
final class GroupSpread {
  /** How many samples of its own a subject needs to count as much as its group, by scale. */
  static final float[] BORROWED = {120, 48, 32, 24, 8, 4};

  private static final int SIZE = TimeScale.values().length;

  /** Subject-weeks that it remembers. */
  private static final int MEMORY_WEEKS = 20;

  private final float[] logs = new float[SIZE];
  private final float[] weights = new float[SIZE];

  /** Multiple of the model's variance at a scale; 1 before anything is known. */
  double at(int i) {
    return Math.exp(logs[i] / (weights[i] + BORROWED[i]));
  }

  /** Takes note of what a subject has, as often as its samples count. */
  void learn(TimeScale scale, double own, double samples) {
    int i = scale.ordinal();
    float kept = (float) Math.max(0, 1 - samples / (MEMORY_WEEKS * scale.aWeek()));
    logs[i] = kept * logs[i] + (float) (Math.log(own) * samples);
    weights[i] = kept * weights[i] + (float) samples;
  }

  void write(StateWriter out) {
    out.reals(logs);
    out.reals(weights);
  }

  GroupSpread read(StateReader in) {
    in.reals(logs);
    in.reals(weights);
    return this;
  }
}

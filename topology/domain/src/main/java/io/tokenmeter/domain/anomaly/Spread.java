package io.tokenmeter.domain.anomaly;

/**
 * How far a subject's spend strays from what is expected: for each time scale, how many times the
 * relative variance of a {@link Model} it has.
 */
final class Spread {
  private static final int SIZE = TimeScale.values().length;

  /**
   * Multiples of the variance beyond which a sample teaches no more. Large, since a job that runs
   * for one hour in thirty is no outlier: its variance could not be learned with less than 30.
   */
  private static final double[] OUTLIER = {50, 50, 50, 50, 6, 4};

  /** Weeks that it remembers. A slow creep must not pass for a habit within days. */
  private static final int[] MEMORY_WEEKS = {1, 1, 1, 1, 4, 4};

  private static final double LEAST = 0.02;

  /**
   * The relative variance of an ordinary subject: {@code burst / requests + drift}. The first term
   * is that of a compound Poisson process, where requests come by chance and cost unequal amounts;
   * the second is what no number of requests averages out. Both have no unit, so that a subject can
   * borrow them from others that spend a thousand times as much.
   *
   * @param burst of one request, in squares of its mean cost
   * @param drift of each time scale
   */
  enum Model {
    /** Spend against expected spend. */
    SPEND(4, 0.06, 0.06, 0.05, 0.04, 0.03, 0.02),
    /** Requests against those that the expected spend would make. */
    VOLUME(1.2, 0.06, 0.06, 0.05, 0.04, 0.03, 0.02),
    /** Spend against the usual cost of the requests that were made. */
    UNIT_COST(3, 0.01, 0.01, 0.01, 0.01, 0.008, 0.006),
    /** Spend against the usual cost of the requests that were made to each model. */
    MODEL_COST(3, 0.01, 0.01, 0.01, 0.01, 0.008, 0.006),
    /** Spend against the usual cost of the tokens that were used. */
    TOKEN_COST(0.3, 0.004, 0.004, 0.003, 0.003, 0.002, 0.002);

    private final double burst;
    private final double[] drift;

    Model(double burst, double... drift) {
      this.burst = burst;
      this.drift = drift;
    }

    /** How much a time with so many requests says: little where chance hides the rest. */
    double weight(double requests) {
      return requests / (requests + burst);
    }
  }

  private final Model model;
  private final float[] sums = new float[SIZE];
  private final float[] weights = new float[SIZE];

  Spread(Model model) {
    this.model = model;
  }

  /**
   * Relative variance, as far as the subject's own history goes, else its group's.
   *
   * @param requests expected, above 0
   * @param minutes length of time, above 0
   */
  Variance variance(double requests, double minutes, GroupSpread group) {
    int i = 1;
    while (i < SIZE - 1 && TimeScale.of(i).minutes < minutes) {
      i++;
    }
    double from = TimeScale.of(i - 1).minutes;
    double to = TimeScale.of(i).minutes;
    double share = Math.min(1, Math.max(0, Math.log(minutes / from) / Math.log(to / from)));
    double factor = Math.pow(at(i - 1, group), 1 - share) * Math.pow(at(i, group), share);
    double drift = model.drift[i - 1] + share * (model.drift[i] - model.drift[i - 1]);
    return new Variance(factor * model.burst / requests, factor * drift);
  }

  /**
   * Learns from a time that is over.
   *
   * @param ratio spend over expected spend
   * @param requests expected requests; above 0
   * @param times how many such times there were
   * @param alarms how often it was alarming lately: the more often, the less of an outlier it is
   */
  void learn(
      TimeScale scale,
      double ratio,
      double requests,
      double times,
      double alarms,
      GroupSpread group) {
    int i = scale.ordinal();
    double most = OUTLIER[i] * Math.exp(alarms) * at(i, group);
    double variance = model.burst / requests + model.drift[i];
    double sample = Math.min((ratio - 1) * (ratio - 1) / variance, most);
    double weight = model.weight(requests) * times;
    float kept = (float) Math.max(0, 1 - times / (MEMORY_WEEKS[i] * scale.aWeek()));
    sums[i] = kept * sums[i] + (float) (sample * weight);
    weights[i] = kept * weights[i] + (float) weight;
    group.learn(scale, own(i), weight);
  }

  void write(StateWriter out) {
    out.reals(sums);
    out.reals(weights);
  }

  Spread read(StateReader in) {
    in.reals(sums);
    in.reals(weights);
    return this;
  }

  private double own(int i) {
    return Math.max(LEAST, sums[i] / Math.max(weights[i], 1e-6));
  }

  /** The geometric mean of the subject's own and its group's, weighted by what each is worth. */
  private double at(int i, GroupSpread group) {
    double groups = group.at(i);
    double share = weights[i] / (weights[i] + GroupSpread.BORROWED[i]);
    return share == 0 ? groups : groups * Math.pow(own(i) / groups, share);
  }
}

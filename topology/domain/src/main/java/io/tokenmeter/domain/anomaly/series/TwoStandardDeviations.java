package io.tokenmeter.domain.anomaly.series;

/**
 * The classic rule that many teams begin with: a row is abnormal outside mean ± 2 standard
 * deviations of the seven days before it. The score is {@code z / (z + 2)} for z standard
 * deviations, one half at the limit.
 */
final class TwoStandardDeviations implements RowScorer {
  private static final long WINDOW_MILLIS = 7 * 86_400_000L;
  private static final int MOST_ROWS = 7 * 24 * 60;
  private static final int ENOUGH_ROWS = 5;
  private static final double LIMIT = 2;
  private static final double LARGEST = 1e100;

  private final StepEstimate step = new StepEstimate();
  private final long[] times = new long[MOST_ROWS]; // a ring
  private final double[] values = new double[MOST_ROWS];
  private int oldest;
  private int count;
  private double origin;
  private double sum;
  private double squares;

  @Override
  public SeriesScore next(long millis, double value) {
    step.add(millis);
    while (count > 0 && times[oldest] < millis - WINDOW_MILLIS) {
      removeOldest();
    }
    boolean missing = !(Math.abs(value) <= LARGEST);
    double mean = count == 0 ? Double.NaN : origin + sum / count;
    double deviation = deviation();
    double score = 0;
    if (!missing && count >= ENOUGH_ROWS && deviation > 0) {
      double z = Math.abs(value - mean) / deviation;
      score = z / (z + LIMIT);
    }
    if (!missing) {
      add(millis, value);
    }
    double band = count > ENOUGH_ROWS ? LIMIT * deviation : Double.NaN;
    return new SeriesScore(score, score, mean, mean - band, mean + band);
  }

  @Override
  public long stepMillis() {
    return step.millis();
  }

  private double deviation() {
    double mean = sum / count;
    return count < 2 ? 0 : Math.sqrt(Math.max(0, (squares - count * mean * mean) / (count - 1)));
  }

  private void add(long millis, double value) {
    if (count == MOST_ROWS) {
      removeOldest();
    }
    if (count == 0) {
      origin = value;
      sum = 0;
      squares = 0;
    }
    int at = (oldest + count++) % MOST_ROWS;
    times[at] = millis;
    values[at] = value;
    sum += value - origin;
    squares += (value - origin) * (value - origin);
    if (at == 0) {
      addUpAnew();
    }
  }

  private void removeOldest() {
    double value = values[oldest];
    sum -= value - origin;
    squares -= (value - origin) * (value - origin);
    oldest = (oldest + 1) % MOST_ROWS;
    count--;
  }

  /** Once a round, so that rounding errors do not pile up. */
  private void addUpAnew() {
    origin = values[oldest];
    sum = 0;
    squares = 0;
    for (int i = 0; i < count; i++) {
      double value = values[(oldest + i) % MOST_ROWS] - origin;
      sum += value;
      squares += value * value;
    }
  }
}

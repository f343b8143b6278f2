package io.tokenmeter.domain.anomaly.series;

/**
 * How large deviations usually are: their mean size over the last thousand rows or so. A deviation
 * counts for four times the usual at most, so that an anomaly does not hide the next one.
 */
final class TypicalSize {
  private static final double HALF_LIFE_ROWS = 1000;
  private static final double MOST = 4;

  /** Before this many, no deviation can be told to be large. */
  private static final int ENOUGH = 20;

  private final RunningMean mean = new RunningMean(HALF_LIFE_ROWS);

  void add(double deviation) {
    double size = Math.abs(deviation);
    boolean limited = mean.count() > ENOUGH / 2 && mean.get() > 0;
    mean.add(limited ? Math.min(size, MOST * mean.get()) : size);
  }

  /** Whether {@link #get} can be divided by. */
  boolean isKnown() {
    return mean.count() > ENOUGH && mean.get() > 0;
  }

  /** The usual size, in units of the series. */
  double get() {
    return mean.get();
  }
}

package io.tokenmeter.domain.anomaly.series;

/**
 * Keeps one event from being reported again and again: the rows of its rise keep their surprise,
 * those that follow give the mean of the last rows, which stays well above what is usual but below
 * the rise. Whatever is a fifth more surprising than the event is a new rise.
 */
final class EventDamping {
  private static final double RISE = 1.2;
  private static final double FOLLOWING = 0.4;
  private static final double SUSTAINED = 0.6;
  private static final double BELOW_RISE = 0.9;

  /** After three days, but not so few rows nor so many, half of an event is forgotten. */
  private static final double HALF_LIFE_MILLIS = 3 * 86_400_000.0;

  private static final double LEAST_HALF_LIFE_ROWS = 24;
  private static final double MOST_HALF_LIFE_ROWS = 150;

  private final RunningMean recent = new RunningMean(30);
  private double peak;

  /**
   * The surprise to report for the next row.
   *
   * @param stepMillis time between rows, milliseconds; 0 while unknown
   */
  double damped(double surprise, long stepMillis) {
    recent.add(surprise);
    if (surprise > peak * RISE) {
      peak = surprise;
      return surprise;
    }
    double following = Math.max(FOLLOWING * surprise, SUSTAINED * recent.get());
    double damped = Math.min(following, BELOW_RISE * Math.max(surprise, peak));
    peak *= forget(stepMillis);
    return damped;
  }

  private static double forget(long stepMillis) {
    double rows = stepMillis == 0 ? MOST_HALF_LIFE_ROWS : HALF_LIFE_MILLIS / stepMillis;
    return Math.pow(0.5, 1 / Math.max(LEAST_HALF_LIFE_ROWS, Math.min(MOST_HALF_LIFE_ROWS, rows)));
  }
}

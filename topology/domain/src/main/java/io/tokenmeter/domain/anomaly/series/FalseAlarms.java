package io.tokenmeter.domain.anomaly.series;

/**
 * How often {@link SeriesScorer} reaches a score by chance.
 *
 * <p>Measured on series without anomalies (white and autocorrelated noise, daily seasons, lognormal
 * and Poisson spend, 5 minutes and an hour between rows): a score of one half comes once in about
 * two thousand rows, whatever the series, and each further unit of surprise divides that by 2.2.
 * The measurement is repeated in the tests.
 */
final class FalseAlarms {
  private static final double WEEK_MILLIS = 7 * 86_400_000.0;
  private static final double AT_HALF = -3.3; // decimal logarithm of the share of rows
  private static final double PER_SURPRISE = -0.35;
  private static final double LEAST_SURPRISE = 6;

  private FalseAlarms() {}

  /**
   * The score that is reached so often by chance.
   *
   * @param perWeek above 0
   * @param stepMillis time between rows, milliseconds
   */
  static double threshold(double perWeek, long stepMillis) {
    double share = Math.log10(perWeek * stepMillis / WEEK_MILLIS);
    double surprise = SeriesScorer.HALF + (share - AT_HALF) / PER_SURPRISE;
    return SeriesScorer.score(Math.max(LEAST_SURPRISE, surprise));
  }
}

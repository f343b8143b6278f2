package io.tokenmeter.domain.anomaly.series;

/**
 * Tells which rows of a scored series are an alert by a policy.
 *
 * <p>Abnormal rows in a row are one event. It becomes an alert once it has lasted as long as the
 * policy asks for and one of its rows had a score over the threshold, and ends with the first row
 * that is normal.
 */
public final class SeriesAlerts {
  private static final double DAY_MILLIS = 86_400_000;

  private final SeriesPolicy policy;
  private boolean abnormal;
  private boolean risen;
  private boolean alert;
  private long sinceMillis;
  private boolean cooling;
  private long endedMillis;

  /** No alert so far. */
  public SeriesAlerts(SeriesPolicy policy) {
    this.policy = policy;
  }

  /**
   * Whether the next row is an alert.
   *
   * @param millis its time, milliseconds since the epoch
   * @param value its value, NaN if it is missing
   * @param score its score
   * @param stepMillis time between rows, milliseconds; 0 while unknown
   */
  public boolean next(long millis, double value, SeriesScore score, long stepMillis) {
    double threshold = policy.threshold(stepMillis);
    if (!(score.abnormality() >= threshold && isLarge(value, score.usual(), stepMillis))) {
      end(millis);
      return false;
    }
    if (!abnormal) {
      abnormal = true;
      sinceMillis = millis;
    }
    long lasted = millis - sinceMillis + stepMillis; // a row speaks for its step
    risen |= score.score() >= threshold;
    alert |= risen && lasted >= policy.persistence().toMillis() && !isCooling(millis);
    return alert;
  }

  private void end(long millis) {
    if (alert) {
      cooling = true;
      endedMillis = millis;
    }
    abnormal = false;
    risen = false;
    alert = false;
  }

  /**
   * A time before the end of the last alert is a step back, after which it does not cool for ever.
   */
  private boolean isCooling(long millis) {
    long since = millis - endedMillis;
    cooling &= since >= 0 && since < policy.coolDown().toMillis();
    return cooling;
  }

  private boolean isLarge(double value, double usual, long stepMillis) {
    double off = Math.abs(value - usual);
    double perDay = stepMillis > 0 ? off * DAY_MILLIS / stepMillis : off;
    return perDay >= policy.floor() && isFar(value, usual);
  }

  /** A ratio means something between values of one sign only; across zero it is far. */
  private boolean isFar(double value, double usual) {
    double smaller = Math.min(Math.abs(value), Math.abs(usual));
    double larger = Math.max(Math.abs(value), Math.abs(usual));
    return value * usual <= 0 || larger >= policy.minimumRatio() * smaller;
  }
}

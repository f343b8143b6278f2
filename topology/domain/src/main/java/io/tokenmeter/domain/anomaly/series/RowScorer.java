package io.tokenmeter.domain.anomaly.series;

/** A rule that says how abnormal each row of a series is. */
public interface RowScorer {

  /**
   * Scores the next row; then it is history.
   *
   * @param millis its time, milliseconds since the epoch; it may repeat or step back
   * @param value its value. NaN, infinite or beyond 1e100: missing, scored 0 and not learned from
   */
  SeriesScore next(long millis, double value);

  /** The time between rows as learned from the first of them, milliseconds; 0 while unknown. */
  long stepMillis();
}

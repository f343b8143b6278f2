package io.tokenmeter.domain.alert;

import io.tokenmeter.domain.money.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a detector says of a subject when a cause begins or ends, and when one that goes on has
 * grown to a multiple of what was said. Several findings of the same cause in different dimensions
 * become one alert.
 *
 * @param detector who says it
 * @param cause tells several causes of one detector and subject apart, such as {@code spend-up} or
 *     a budget's {@code 80%}; part of the alert's id
 * @param subject of whom
 * @param firing whether the cause begins or goes on, or has ended
 * @param sinceMicros when the cause began, event time, microseconds since the epoch; the same in
 *     the findings that say it has grown, and that it has ended
 * @param atMicros when this was judged, event time, microseconds since the epoch
 * @param windowStartMicros start of the window that was judged, microseconds since the epoch
 * @param windowEndMicros end of that window, exclusive
 * @param observed observed spend in the window
 * @param expected expected spend in the window
 * @param threshold limit that was crossed
 * @param atStake what the cause costs in a day if it goes on; never negative
 * @param severity how urgent
 * @param drivers the parts of {@code observed - expected}, the largest first; empty where there is
 *     nothing to explain
 * @param priceOf the model whose unit prices have changed, where that explains most of it; null
 *     where it does not, or is not known
 * @param sentence one sentence a person can act on
 */
public record Finding(
    Detector detector,
    String cause,
    Subject subject,
    boolean firing,
    long sinceMicros,
    long atMicros,
    long windowStartMicros,
    long windowEndMicros,
    @Nullable Money observed,
    @Nullable Money expected,
    @Nullable Money threshold,
    Money atStake,
    Severity severity,
    List<Driver> drivers,
    @Nullable String priceOf,
    String sentence) {
  public Finding {
    drivers = List.copyOf(drivers);
  }

  /** A finding that is not due to one model's price. */
  public Finding(
      Detector detector,
      String cause,
      Subject subject,
      boolean firing,
      long sinceMicros,
      long atMicros,
      long windowStartMicros,
      long windowEndMicros,
      @Nullable Money observed,
      @Nullable Money expected,
      @Nullable Money threshold,
      Money atStake,
      Severity severity,
      List<Driver> drivers,
      String sentence) {
    this(
        detector,
        cause,
        subject,
        firing,
        sinceMicros,
        atMicros,
        windowStartMicros,
        windowEndMicros,
        observed,
        expected,
        threshold,
        atStake,
        severity,
        drivers,
        null,
        sentence);
  }

  /**
   * The finding which says that the cause of this one has ended.
   *
   * @param endedMicros when that was judged, event time, microseconds since the epoch
   * @param endSentence one sentence that says so
   */
  public Finding ended(long endedMicros, String endSentence) {
    return new Finding(
        detector,
        cause,
        subject,
        false,
        sinceMicros,
        endedMicros,
        windowStartMicros,
        windowEndMicros,
        observed,
        expected,
        threshold,
        atStake,
        severity,
        drivers,
        priceOf,
        endSentence);
  }
}

package io.tokenmeter.domain.alert;

import io.tokenmeter.domain.money.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something a person should look at: one cause, however many subjects it shows in. There is one
 * with state FIRING and, when the cause has ended, one with state RESOLVED under the same id.
 *
 * @param id identity, the same in both states
 * @param state whether the cause persists
 * @param detector who found it
 * @param cause tells several causes of one detector and subject apart
 * @param subject in whom the cause shows most narrowly
 * @param also other subjects that the same cause lifts, at most {@link Incident#LISTED}
 * @param severity the highest of all findings
 * @param sinceMicros when the cause began, event time, microseconds since the epoch
 * @param updatedMicros when this state was reached, event time, microseconds since the epoch
 * @param resolvedMicros when the cause had ended, event time; null while it persists
 * @param windowStartMicros start of the window that was judged, microseconds since the epoch
 * @param windowEndMicros end of that window, exclusive
 * @param observed observed spend in the window
 * @param expected expected spend in the window
 * @param threshold limit that was crossed
 * @param atStake what the cause costs in a day if it goes on
 * @param drivers the parts of {@code observed - expected}
 * @param sentence one sentence a person can act on
 */
public record Alert(
    String id,
    AlertState state,
    Detector detector,
    String cause,
    Subject subject,
    List<Subject> also,
    Severity severity,
    long sinceMicros,
    long updatedMicros,
    @Nullable Long resolvedMicros,
    long windowStartMicros,
    long windowEndMicros,
    @Nullable Money observed,
    @Nullable Money expected,
    @Nullable Money threshold,
    Money atStake,
    List<Driver> drivers,
    String sentence) {
  public Alert {
    also = List.copyOf(also);
    drivers = List.copyOf(drivers);
  }
}

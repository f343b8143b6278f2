package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.alert.Causes;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.rollup.UsageSums;
import io.tokenmeter.domain.rollup.WindowCalendar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds spend that is away from what is normal for its subject, while it happens.
 *
 * <p>Feed it with {@link #add}, then ask with {@link #judge}: after each write-back for every
 * subject that changed, and for the others when {@link SubjectState#nextLookMicros} is reached.
 * Where many minutes come at once, as in a replay, add and judge minute by minute, the oldest
 * first.
 *
 * <p>It keeps nothing itself: the same calls on the same states give the same findings.
 */
public final class AnomalyDetector {

  /** The causes it finds. */
  public static final String SPEND_UP = Causes.SPEND_UP;

  /** Spend far below what is normal. */
  public static final String SPEND_DOWN = Causes.SPEND_DOWN;

  private AnomalyDetector() {}

  /**
   * Adds usage to a subject.
   *
   * @param state of the subject; changed
   * @param group of the subject's dimension; changed
   * @param minute minutes since the epoch in which it was used; late ones are welcome
   * @param sums what is to be added to that minute; negative where an earlier sum is corrected
   * @param model model that served it, null where that is not known. Usage is added once: by its
   *     models or in one, never both
   */
  public static void add(
      SubjectState state, GroupState group, long minute, UsageSums sums, @Nullable String model) {
    state.advance(minute, group);
    state.add(minute, sums, model);
  }

  /**
   * Judges a subject by what was added to it.
   *
   * @param state of the subject; changed
   * @param group of the subject's dimension; changed
   * @param nowMicros event time, microseconds since the epoch; an earlier time than before is taken
   *     as the same time
   * @return a finding for each cause that begins or has ended, rarely any
   */
  public static List<Finding> judge(
      Subject subject, SubjectState state, GroupState group, AnomalyPolicy policy, long nowMicros) {
    state.nowMicros = Math.max(state.nowMicros, nowMicros);
    state.raw = policy.rule() == AnomalyPolicy.Rule.TWO_STANDARD_DEVIATIONS;
    state.advance(WindowCalendar.minuteOf(state.nowMicros), group);
    if (!policy.enabled() && !state.isOpen()) {
      state.nextLookMicros = Long.MAX_VALUE;
      return List.of();
    }
    return new Judge(subject, state, group, policy).findings();
  }
}

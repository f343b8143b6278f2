package io.tokenmeter.streams.detect;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.streams.rollup.ChangedUsage.OfMinute;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a detector that keeps a state for each subject does with it. One instance belongs to one
 * task.
 *
 * <p>Times are the task's, in microseconds since the epoch.
 *
 * @param <S> the state of a subject; changed in place
 */
interface SubjectWatch<S> {
  /** The state of a subject that was never seen. */
  S create();

  /** Reads what {@link #encode} wrote. */
  S decode(byte[] bytes);

  /** The compact form. */
  byte[] encode(S state);

  /** Whether a subject is watched at all, by what it used. */
  boolean watches(Subject subject, List<OfMinute> minutes);

  /** Takes note of what was added to a subject, the oldest minute first, and judges it. */
  void observe(
      Subject subject, S state, List<OfMinute> minutes, long nowMicros, Consumer<Finding> findings);

  /** Whether a subject to which nothing was added must be judged; cheap. */
  boolean isDue(Subject subject, S state, long nowMicros);

  /** Judges a subject to which nothing was added. */
  void judge(Subject subject, S state, long nowMicros, Consumer<Finding> findings);

  /** Whether nothing of a subject needs to be remembered. */
  boolean isForgotten(S state, long nowMicros);
}

package io.tokenmeter.streams.detect;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.streams.rollup.ChangedUsage.OfMinute;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What a detector that keeps a state for each subject does with it. One instance belongs to one
 * task.
 *
 * <p>Times are the task's, in microseconds since the epoch.
 *
 * @param <S> the state of a subject; changed in place
 */
public interface SubjectWatch<S> {
  /** How long nothing must be heard of a subject for its baselines to be worth nothing. */
  long RETENTION_MICROS = Duration.ofDays(35).toMillis() * 1000;

  /** The state of a subject that was never seen. */
  S create();

  /** Reads what {@link #encode} wrote. */
  S decode(byte[] bytes);

  /** The compact form. */
  byte[] encode(S state);

  /**
   * Whether it is told of past usage whose cost is corrected. What watches how usage goes is not: a
   * corrected price is nothing that anybody does now.
   */
  default boolean seesRestatements() {
    return false;
  }

  /** Whether a subject is watched at all, by what it used. */
  boolean watches(Subject subject, List<OfMinute> minutes);

  /** Takes note of what was added to a subject, the oldest minute first, and judges it. */
  void observe(
      Subject subject, S state, List<OfMinute> minutes, long nowMicros, Consumer<Finding> findings);

  /** Whether a subject to which nothing was added must be judged; cheap. */
  boolean isDue(Subject subject, S state, long nowMicros);

  /** Judges a subject to which nothing was added. */
  void judge(Subject subject, S state, long nowMicros, Consumer<Finding> findings);

  /**
   * Whether nothing of a subject needs to be remembered.
   *
   * @param quietMicros how long ago something was added to it, microseconds
   */
  boolean isForgotten(S state, long quietMicros);

  /**
   * Looks for what the watch keeps beside the states of subjects, when its task starts.
   *
   * @param stores gives the stores named in {@link SubjectStage#supplier} by their names
   */
  default void open(Function<String, KeyValueStore<Bytes, byte[]>> stores) {}

  /** Writes back what the watch keeps beside the states of subjects. */
  default void writeBack() {}
}

package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.rollup.UsageSums;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a write-back of the roll-ups has added, for the detectors in the same task: each difference
 * once, in the transaction of the write-back. Empty where only time has gone on.
 *
 * @param nowMicros the task's time, microseconds since the epoch
 * @param subjects what was added, by subject
 * @param restated by how much the cost of past usage differs from what was told before, because
 *     somebody has corrected its price; for those who count dollars, not for those who watch how
 *     usage goes
 */
public record ChangedUsage(long nowMicros, List<OfSubject> subjects, List<OfSubject> restated) {

  /**
   * What was added to one subject.
   *
   * @param minutes by minute, the oldest first
   */
  public record OfSubject(Subject subject, List<OfMinute> minutes) {}

  /**
   * What was added to one minute.
   *
   * @param minute minutes since the epoch
   * @param models by the model that served it, or together where that is not known
   */
  public record OfMinute(long minute, List<OfModel> models) {
    /** All models together. */
    public UsageSums total() {
      UsageSums total = UsageSums.NONE;
      for (OfModel model : models) {
        total = total.plus(model.sums());
      }
      return total;
    }
  }

  /**
   * What was added by one model.
   *
   * @param model as served; null where the model is not known
   * @param sums the difference; may be negative
   */
  public record OfModel(@Nullable String model, UsageSums sums) {}
}

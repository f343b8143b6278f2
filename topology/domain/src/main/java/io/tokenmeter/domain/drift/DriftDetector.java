package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.rollup.UsageSums;
import org.jspecify.annotations.Nullable;

/** Tells when a subject's traffic moves between models. */
public final class DriftDetector {
  private DriftDetector() {}

  /**
   * Takes note of what a subject used of one model.
   *
   * @param state changed in place
   * @param minute minute of the usage, minutes since the epoch
   * @param model as served
   * @param sums the difference to what was known of that minute and model
   */
  public static void add(DriftState state, long minute, String model, UsageSums sums) {}

  /**
   * Judges the recent mix against the baseline; cheap enough for every write-back.
   *
   * @param state changed in place
   * @param nowMicros event time, microseconds since the epoch; never before that of an earlier call
   * @return a finding when a change of the mix begins and when it has ended, otherwise null
   */
  public static @Nullable Finding judge(
      DriftState state, Subject subject, DriftPolicy policy, long nowMicros) {
    return null;
  }
}

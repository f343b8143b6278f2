package io.tokenmeter.benchmarks.detectors;

import io.tokenmeter.benchmarks.detectors.spend.Tick;
import io.tokenmeter.benchmarks.detectors.spend.Usage;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.rollup.UsageSums;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tick as the roll-ups see it: what each subject used of each model.
 *
 * @param minute minutes since the epoch
 * @param nowMicros end of the tick, microseconds since the epoch
 * @param models usage by subject and model; subjects without any are left out
 */
record SubjectTick(long minute, long nowMicros, Map<Subject, Map<String, UsageSums>> models) {

  static SubjectTick of(Tick tick) {
    Map<Subject, Map<String, UsageSums>> models = new LinkedHashMap<>();
    for (Usage usage : tick.usage()) {
      String model = usage.path().model().model();
      for (Subject subject : usage.path().subjects()) {
        models
            .computeIfAbsent(subject, unused -> new LinkedHashMap<>())
            .merge(model, usage.sums(), UsageSums::plus);
      }
    }
    return new SubjectTick(tick.minute(), tick.toMicros(), models);
  }

  /** What a subject used in all. */
  static UsageSums total(Map<String, UsageSums> byModel) {
    UsageSums total = UsageSums.NONE;
    for (UsageSums sums : byModel.values()) {
      total = total.plus(sums);
    }
    return total;
  }
}

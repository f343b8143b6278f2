package io.tokenmeter.benchmarks.detectors;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.anomaly.AnomalyDetector;
import io.tokenmeter.domain.anomaly.AnomalyPolicy;
import io.tokenmeter.domain.anomaly.GroupState;
import io.tokenmeter.domain.anomaly.SubjectState;
import io.tokenmeter.domain.drift.DriftDetector;
import io.tokenmeter.domain.drift.DriftPolicy;
import io.tokenmeter.domain.drift.DriftState;
import io.tokenmeter.domain.rollup.UsageSums;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokenmeter's detectors as the application runs them, with the policies nobody has changed. */
final class TokenmeterDetectors implements Contender {
  /** Dimensions that are kept with the model as well, so that a subject's mix is known. */
  private static final Set<String> WITH_MODELS = Set.of("api_key", "workflow");

  private final Map<String, GroupState> groups = new HashMap<>();
  private final Map<Subject, SubjectState> anomalies = new LinkedHashMap<>();
  private final Map<Subject, DriftState> drifts = new LinkedHashMap<>();

  @Override
  public List<Finding> watch(SubjectTick tick) {
    List<Finding> findings = new ArrayList<>();
    tick.models().forEach((subject, models) -> add(subject, models, tick.minute()));
    anomalies.forEach(
        (subject, state) -> {
          if (tick.models().containsKey(subject) || state.nextLookMicros() <= tick.nowMicros()) {
            findings.addAll(
                AnomalyDetector.judge(
                    subject, state, group(subject), AnomalyPolicy.DEFAULT, tick.nowMicros()));
          }
        });
    drifts.forEach(
        (subject, state) -> {
          Finding finding =
              DriftDetector.judge(state, subject, DriftPolicy.DEFAULT, tick.nowMicros());
          if (finding != null) {
            findings.add(finding);
          }
        });
    return findings;
  }

  private void add(Subject subject, Map<String, UsageSums> models, long minute) {
    SubjectState state = anomalies.computeIfAbsent(subject, unused -> new SubjectState());
    if (WITH_MODELS.contains(subject.dimension())) {
      DriftState drift = drifts.computeIfAbsent(subject, unused -> new DriftState());
      models.forEach(
          (model, sums) -> {
            AnomalyDetector.add(state, group(subject), minute, sums, model);
            DriftDetector.add(drift, minute, model, sums);
          });
    } else {
      @Nullable String model = subject.dimension().equals("model") ? subject.key() : null;
      AnomalyDetector.add(state, group(subject), minute, SubjectTick.total(models), model);
    }
  }

  private GroupState group(Subject subject) {
    return groups.computeIfAbsent(subject.dimension(), unused -> new GroupState());
  }
}

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
import io.tokenmeter.domain.silence.SilenceDetector;
import io.tokenmeter.domain.silence.SilencePolicy;
import io.tokenmeter.domain.silence.SilenceState;
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
  private final Map<Subject, SilenceState> silences = new LinkedHashMap<>();

  @Override
  public List<Finding> watch(SubjectTick tick) {
    List<Finding> findings = new ArrayList<>();
    tick.models().forEach((subject, models) -> add(subject, models, tick, findings));
    anomalies.forEach(
        (subject, state) -> {
          if (tick.models().containsKey(subject) || state.nextLookMicros() <= tick.nowMicros()) {
            findings.addAll(
                AnomalyDetector.judge(
                    subject, state, group(subject), AnomalyPolicy.DEFAULT, tick.nowMicros()));
          }
        });
    drifts.forEach(
        (subject, state) ->
            keep(
                DriftDetector.judge(state, subject, DriftPolicy.DEFAULT, tick.nowMicros()),
                findings));
    silences.forEach(
        (subject, state) -> {
          if (SilenceDetector.isDue(state, SilencePolicy.DEFAULT, tick.nowMicros())) {
            keep(
                SilenceDetector.judge(state, subject, SilencePolicy.DEFAULT, tick.nowMicros()),
                findings);
          }
        });
    return findings;
  }

  private void add(
      Subject subject, Map<String, UsageSums> models, SubjectTick tick, List<Finding> findings) {
    SubjectState state = anomalies.computeIfAbsent(subject, unused -> new SubjectState());
    if (WITH_MODELS.contains(subject.dimension())) {
      DriftState drift = drifts.computeIfAbsent(subject, unused -> new DriftState());
      models.forEach(
          (model, sums) -> {
            AnomalyDetector.add(state, group(subject), tick.minute(), sums, model);
            DriftDetector.add(drift, tick.minute(), model, sums);
          });
    } else {
      String model = subject.dimension().equals("model") ? subject.key() : null;
      UsageSums total = SubjectTick.total(models);
      AnomalyDetector.add(state, group(subject), tick.minute(), total, model);
    }
    SilenceState silence = silences.computeIfAbsent(subject, unused -> new SilenceState());
    keep(
        SilenceDetector.add(
            silence, subject, tick.minute(), SubjectTick.total(models).cost(), tick.nowMicros()),
        findings);
  }

  private static void keep(@Nullable Finding finding, List<Finding> findings) {
    if (finding != null) {
      findings.add(finding);
    }
  }

  private GroupState group(Subject subject) {
    return groups.computeIfAbsent(subject.dimension(), unused -> new GroupState());
  }
}

package io.tokenmeter.streams.detect;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.drift.DriftDetector;
import io.tokenmeter.domain.drift.DriftPolicy;
import io.tokenmeter.domain.drift.DriftState;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.policy.PolicyLookup;
import io.tokenmeter.streams.rollup.ChangedUsage;
import io.tokenmeter.streams.rollup.ChangedUsage.OfMinute;
import io.tokenmeter.streams.rollup.ChangedUsage.OfModel;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** Finds subjects whose traffic moves from one model to another. */
public final class DetectDrift implements SubjectWatch<DriftState> {
  /** Name of the stage. */
  public static final String NAME = "detect-drift";

  private static final String STORE = "detect-drift-subjects";

  private final PolicyLookup<DriftPolicy> policies;

  private DetectDrift(Supplier<DetectorPolicies> policies) {
    this.policies = new PolicyLookup<>(policies, PolicyDefinitions.MODEL_DRIFT);
  }

  /** The stage. */
  public static ProcessorSupplier<byte[], ChangedUsage, byte[], byte[]> supplier(
      Supplier<DetectorPolicies> policies, int cachedSubjects, Meters meters) {
    return SubjectStage.supplier(
        List.of(STORE), cachedSubjects, meters, () -> new DetectDrift(policies));
  }

  @Override
  public DriftState create() {
    return new DriftState();
  }

  @Override
  public DriftState decode(byte[] bytes) {
    return DriftState.decode(bytes);
  }

  @Override
  public byte[] encode(DriftState state) {
    return state.encode();
  }

  /** A model has no mix of its own, and other subjects only where a pair tells their models. */
  @Override
  public boolean watches(Subject subject, List<OfMinute> minutes) {
    return !subject.dimension().equals("model") && minutes.get(0).models().get(0).model() != null;
  }

  @Override
  public void observe(
      Subject subject,
      DriftState state,
      List<OfMinute> minutes,
      long nowMicros,
      Consumer<Finding> findings) {
    for (OfMinute minute : minutes) {
      for (OfModel used : minute.models()) {
        String model = used.model();
        if (model != null) {
          DriftDetector.add(state, minute.minute(), model, used.sums());
        }
      }
    }
    judge(subject, state, nowMicros, findings);
  }

  @Override
  public boolean isDue(Subject subject, DriftState state, long nowMicros) {
    return state.isDrifting();
  }

  @Override
  public void judge(Subject subject, DriftState state, long nowMicros, Consumer<Finding> findings) {
    Finding finding = DriftDetector.judge(state, subject, policies.of(subject), nowMicros);
    if (finding != null) {
      findings.accept(finding);
    }
  }

  @Override
  public boolean isForgotten(DriftState state, long quietMicros) {
    return !state.isDrifting() && quietMicros > RETENTION_MICROS;
  }
}

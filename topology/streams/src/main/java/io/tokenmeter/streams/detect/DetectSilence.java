package io.tokenmeter.streams.detect;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.domain.silence.SilenceDetector;
import io.tokenmeter.domain.silence.SilencePolicy;
import io.tokenmeter.domain.silence.SilenceState;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.policy.PolicyLookup;
import io.tokenmeter.streams.rollup.ChangedUsage;
import io.tokenmeter.streams.rollup.ChangedUsage.OfMinute;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** Finds subjects that always report and have stopped. */
public final class DetectSilence implements SubjectWatch<SilenceState> {
  /** Name of the stage. */
  public static final String NAME = "detect-silence";

  private static final String STORE = "detect-silence-subjects";

  private final PolicyLookup<SilencePolicy> policies;

  private DetectSilence(Supplier<DetectorPolicies> policies) {
    this.policies = new PolicyLookup<>(policies, PolicyDefinitions.INGEST_SILENCE);
  }

  /** The stage. */
  public static ProcessorSupplier<byte[], ChangedUsage, byte[], byte[]> supplier(
      Supplier<DetectorPolicies> policies, int cachedSubjects, Meters meters) {
    return SubjectStage.supplier(
        List.of(STORE), cachedSubjects, meters, () -> new DetectSilence(policies));
  }

  @Override
  public SilenceState create() {
    return new SilenceState();
  }

  @Override
  public SilenceState decode(byte[] bytes) {
    return SilenceState.decode(bytes);
  }

  @Override
  public byte[] encode(SilenceState state) {
    return state.encode();
  }

  /** What does not carry an attribute has no producer that could be silent. */
  @Override
  public boolean watches(Subject subject, List<OfMinute> minutes) {
    return !subject.key().isEmpty();
  }

  @Override
  public void observe(
      Subject subject,
      SilenceState state,
      List<OfMinute> minutes,
      long nowMicros,
      Consumer<Finding> findings) {
    for (OfMinute minute : minutes) {
      Finding finding =
          SilenceDetector.add(state, subject, minute.minute(), minute.total().cost(), nowMicros);
      if (finding != null) {
        findings.accept(finding);
      }
    }
  }

  @Override
  public boolean isDue(Subject subject, SilenceState state, long nowMicros) {
    return SilenceDetector.isDue(state, policies.of(subject), nowMicros);
  }

  @Override
  public void judge(
      Subject subject, SilenceState state, long nowMicros, Consumer<Finding> findings) {
    Finding finding = SilenceDetector.judge(state, subject, policies.of(subject), nowMicros);
    if (finding != null) {
      findings.accept(finding);
    }
  }

  @Override
  public boolean isForgotten(SilenceState state, long quietMicros) {
    return !state.isSilent() && quietMicros > RETENTION_MICROS;
  }
}

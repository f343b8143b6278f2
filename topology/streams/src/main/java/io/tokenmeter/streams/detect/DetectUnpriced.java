package io.tokenmeter.streams.detect;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.domain.unpriced.UnpricedDetector;
import io.tokenmeter.domain.unpriced.UnpricedPolicy;
import io.tokenmeter.domain.unpriced.UnpricedState;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.policy.PolicyLookup;
import io.tokenmeter.streams.rollup.ChangedUsage;
import io.tokenmeter.streams.rollup.ChangedUsage.OfMinute;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** Finds models that are used without a price. */
public final class DetectUnpriced implements SubjectWatch<UnpricedState> {
  /** Name of the stage. */
  public static final String NAME = "detect-unpriced";

  private static final String STORE = "detect-unpriced-models";

  private final PolicyLookup<UnpricedPolicy> policies;
  private final Duration holding;

  private DetectUnpriced(Supplier<DetectorPolicies> policies, Duration holding) {
    this.policies = new PolicyLookup<>(policies, PolicyDefinitions.UNPRICED_MODEL);
    this.holding = holding;
  }

  /**
   * The stage.
   *
   * @param holding how long events are held for a price to come
   */
  public static ProcessorSupplier<byte[], ChangedUsage, byte[], byte[]> supplier(
      Supplier<DetectorPolicies> policies, Duration holding, int cachedSubjects, Meters meters) {
    return SubjectStage.supplier(
        List.of(STORE), cachedSubjects, meters, () -> new DetectUnpriced(policies, holding));
  }

  @Override
  public UnpricedState create() {
    return new UnpricedState();
  }

  @Override
  public UnpricedState decode(byte[] bytes) {
    return UnpricedState.decode(bytes);
  }

  @Override
  public byte[] encode(UnpricedState state) {
    return state.encode();
  }

  /** A price that is withdrawn leaves usage without one, and a price that comes ends that. */
  @Override
  public boolean seesRestatements() {
    return true;
  }

  /** Models with a price never get a state, except where they had none before. */
  @Override
  public boolean watches(Subject subject, List<OfMinute> minutes) {
    return subject.dimension().equals("model")
        && minutes.stream().anyMatch(minute -> minute.total().unpricedRequests() != 0);
  }

  @Override
  public void observe(
      Subject subject,
      UnpricedState state,
      List<OfMinute> minutes,
      long nowMicros,
      Consumer<Finding> findings) {
    for (OfMinute minute : minutes) {
      UnpricedDetector.add(state, minute.minute(), minute.total().unpricedRequests());
    }
    judge(subject, state, nowMicros, findings);
  }

  @Override
  public boolean isDue(Subject subject, UnpricedState state, long nowMicros) {
    return UnpricedDetector.isGivenUp(state, holding, nowMicros);
  }

  @Override
  public void judge(
      Subject subject, UnpricedState state, long nowMicros, Consumer<Finding> findings) {
    Finding finding =
        UnpricedDetector.judge(state, subject, policies.of(subject), holding, nowMicros);
    if (finding != null) {
      findings.accept(finding);
    }
  }

  @Override
  public boolean isForgotten(UnpricedState state, long quietMicros) {
    return state.requests() == 0;
  }
}

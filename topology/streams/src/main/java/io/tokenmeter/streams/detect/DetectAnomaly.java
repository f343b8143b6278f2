package io.tokenmeter.streams.detect;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.anomaly.AnomalyDetector;
import io.tokenmeter.domain.anomaly.AnomalyPolicy;
import io.tokenmeter.domain.anomaly.GroupState;
import io.tokenmeter.domain.anomaly.SubjectState;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.policy.PolicyLookup;
import io.tokenmeter.streams.rollup.ChangedUsage;
import io.tokenmeter.streams.rollup.ChangedUsage.OfMinute;
import io.tokenmeter.streams.rollup.ChangedUsage.OfModel;
import io.tokenmeter.streams.state.StoredObjects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Finds subjects whose spend is away from what is normal for them. The subjects of one dimension in
 * a task are a group, by which those with little history are judged.
 */
public final class DetectAnomaly implements SubjectWatch<SubjectState> {
  /** Name of the stage. */
  public static final String NAME = "detect-anomaly";

  private static final String SUBJECTS = "detect-anomaly-subjects";
  private static final String GROUPS = "detect-anomaly-groups";

  /** More than there are dimensions. */
  private static final int CACHED_GROUPS = 1000;

  private final PolicyLookup<AnomalyPolicy> policies;
  private StoredObjects<GroupState> groups;

  @SuppressWarnings("NullAway.Init")
  private DetectAnomaly(Supplier<DetectorPolicies> policies) {
    this.policies = new PolicyLookup<>(policies, PolicyDefinitions.ANOMALY);
  }

  /** The stage. */
  public static ProcessorSupplier<byte[], ChangedUsage, byte[], byte[]> supplier(
      Supplier<DetectorPolicies> policies, int cachedSubjects, Meters meters) {
    return SubjectStage.supplier(
        List.of(SUBJECTS, GROUPS), cachedSubjects, meters, () -> new DetectAnomaly(policies));
  }

  @Override
  public void open(Function<String, KeyValueStore<Bytes, byte[]>> stores) {
    groups =
        new StoredObjects<>(
            stores.apply(GROUPS),
            CACHED_GROUPS,
            stored -> stored == null ? new GroupState() : GroupState.decode(stored),
            GroupState::encode);
  }

  @Override
  public void writeBack() {
    groups.writeBack((dimension, group) -> {});
  }

  @Override
  public SubjectState create() {
    return new SubjectState();
  }

  @Override
  public SubjectState decode(byte[] bytes) {
    return SubjectState.decode(bytes);
  }

  @Override
  public byte[] encode(SubjectState state) {
    return state.encode();
  }

  @Override
  public boolean watches(Subject subject, List<OfMinute> minutes) {
    return true;
  }

  /** Minute by minute, so that a replay, where many come at once, finds what it would have. */
  @Override
  public void observe(
      Subject subject,
      SubjectState state,
      List<OfMinute> minutes,
      long nowMicros,
      Consumer<Finding> findings) {
    GroupState group = group(subject);
    AnomalyPolicy policy = policies.of(subject);
    for (int i = 0; i < minutes.size(); i++) {
      OfMinute minute = minutes.get(i);
      for (OfModel used : minute.models()) {
        AnomalyDetector.add(state, group, minute.minute(), used.sums(), used.model());
      }
      long endMicros = WindowCalendar.micros(minute.minute() + 1);
      long atMicros = i == minutes.size() - 1 ? nowMicros : Math.min(endMicros, nowMicros);
      AnomalyDetector.judge(subject, state, group, policy, atMicros).forEach(findings);
    }
  }

  @Override
  public boolean isDue(Subject subject, SubjectState state, long nowMicros) {
    return state.nextLookMicros() <= nowMicros;
  }

  @Override
  public void judge(
      Subject subject, SubjectState state, long nowMicros, Consumer<Finding> findings) {
    AnomalyDetector.judge(subject, state, group(subject), policies.of(subject), nowMicros)
        .forEach(findings);
  }

  private GroupState group(Subject subject) {
    return groups.change(Bytes.wrap(subject.dimension().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public boolean isForgotten(SubjectState state, long quietMicros) {
    return !state.isOpen() && quietMicros > RETENTION_MICROS;
  }
}

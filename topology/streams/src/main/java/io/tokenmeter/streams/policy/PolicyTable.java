package io.tokenmeter.streams.policy;

import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.Policy;
import io.tokenmeter.schemas.DetectorPolicy;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.table.LiveTable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The detectors' policies as one immutable {@link DetectorPolicies} for the whole process. */
public final class PolicyTable {
  /** Name of the processor that reads the table. */
  public static final String NAME = "detector-policies";

  private final AtomicLong versions = new AtomicLong();
  private final LiveTable<Policy<?>, DetectorPolicies> table =
      new LiveTable<>(NAME, policies -> DetectorPolicies.of(policies, versions.getAndIncrement()));

  /** All policies read so far. Cheap enough to ask for with every event. */
  public DetectorPolicies policies() {
    return table.value();
  }

  /** The global store: the records' bytes, which nothing reads. */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
    return LiveTable.store(NAME);
  }

  /** What reads the table. */
  public ProcessorSupplier<byte[], byte[], Void, Void> supplier(
      String topic, Supplier<Deserializer<Object>> deserializers, Meters meters) {
    return table.supplier(
        topic,
        deserializers,
        (key, record, arrivalMillis) -> PolicyRecords.fromRecord(key, (DetectorPolicy) record),
        meters::badPolicy);
  }
}

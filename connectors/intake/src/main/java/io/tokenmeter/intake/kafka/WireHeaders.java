package io.tokenmeter.intake.kafka;

import io.tokenmeter.intake.config.IntakeConfig;
import io.tokenmeter.schemas.RejectedEvent;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.streams.registry.Serdes;
import io.tokenmeter.streams.registry.WireFormat;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What the values begin with that the intake writes: magic byte and schema id. Learnt once, at the
 * start, so that a registry that goes away later stops nothing.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WireHeaders(byte[] usageEvent, byte[] rejectedEvent) {

  /**
   * Asks the configured serializer, which registers the schemas where it is set to.
   *
   * @throws org.apache.kafka.common.KafkaException if the registry cannot be reached or refuses
   */
  public static WireHeaders learn(IntakeConfig config) {
    try (Serializer<Object> serializer = new Serdes(config.application()).serializer()) {
      return new WireHeaders(
          WireFormat.header(serializer, config.topic("usage-events"), usageEventSample()),
          WireFormat.header(serializer, config.topic("rejected-events"), rejectedEventSample()));
    }
  }

  private static UsageEvent usageEventSample() {
    return UsageEvent.newBuilder()
        .setEventId("sample")
        .setOccurredAt(Instant.EPOCH)
        .setProvider("sample")
        .setModel("sample")
        .build();
  }

  private static RejectedEvent rejectedEventSample() {
    return RejectedEvent.newBuilder()
        .setReason("sample")
        .setMessage("sample")
        .setStage("sample")
        .setSourceTopic("sample")
        .setSourcePartition(0)
        .setSourceOffset(0)
        .setSourceTimestamp(Instant.EPOCH)
        .build();
  }
}

package io.tokenmeter.intake.kafka;

import io.tokenmeter.intake.config.IntakeConfig;
import io.tokenmeter.streams.registry.SampleRecords;
import io.tokenmeter.streams.registry.Serdes;
import io.tokenmeter.streams.registry.WireFormat;
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
          WireFormat.header(serializer, config.topic("usage-events"), SampleRecords.usageEvent()),
          WireFormat.header(
              serializer, config.topic("rejected-events"), SampleRecords.rejectedEvent()));
    }
  }
}

package io.tokenmeter.benchmarks.rungs;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A serde for one generated class. Faster than any that asks a registry, so the DSL rungs are not
 * slowed down by their serde; one instance serves all stream threads.
 */
final class SpecificAvroSerde<T extends SpecificRecord> implements Serde<T> {
  private final ThreadLocal<AvroCodec<T>> codecs;

  SpecificAvroSerde(Schema schema) {
    codecs = ThreadLocal.withInitial(() -> new AvroCodec<>(schema));
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> value == null ? null : codecs.get().encode(value);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> decode(bytes);
  }

  private @Nullable T decode(byte @Nullable [] bytes) {
    return bytes == null ? null : codecs.get().decode(bytes, null);
  }
}

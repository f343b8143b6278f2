package io.tokenmeter.streams.validate;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.schemas.RejectedEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Describes rejected records for rejected-events. Not thread-safe. */
public final class Rejections {
  private final String topic;
  private final Serializer<Object> serializer;
  private final int rawValueLimit;

  /**
   * Descriptions for the given topic.
   *
   * @param rawValueLimit how many bytes of a rejected value are kept
   */
  public Rejections(String topic, Serializer<Object> serializer, int rawValueLimit) {
    this.topic = topic;
    this.serializer = serializer;
    this.rawValueLimit = rawValueLimit;
  }

  /** A RejectedEvent in the registry's wire format. */
  byte[] record(
      Rejection rejection,
      String stage,
      Record<byte[], byte[]> source,
      @Nullable String eventId,
      @Nullable RecordMetadata place) {
    byte[] key = source.key();
    byte[] value = source.value();
    RejectedEvent event =
        RejectedEvent.newBuilder()
            .setReason(rejection.reason().name())
            .setMessage(rejection.message())
            .setStage(stage)
            .setEventId(eventId)
            .setSourceTopic(place == null ? "" : place.topic())
            .setSourcePartition(place == null ? -1 : place.partition())
            .setSourceOffset(place == null ? -1 : place.offset())
            .setSourceTimestamp(Instant.ofEpochMilli(source.timestamp()))
            .setRawKey(key == null ? null : ByteBuffer.wrap(key))
            .setRawValue(value == null ? null : cutOff(value))
            .setRawValueSize(value == null ? null : (long) value.length)
            .build();
    return serializer.serialize(topic, event);
  }

  private ByteBuffer cutOff(byte[] value) {
    return ByteBuffer.wrap(value, 0, Math.min(value.length, rawValueLimit)).slice();
  }
}

package io.tokenmeter.streams.validate;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.schemas.RejectedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Describes rejected records for rejected-events. Asks no registry, which may be what is wrong. Not
 * thread-safe.
 */
public final class Rejections {
  private final byte[] wireHeader;
  private final int rawValueLimit;
  private final DatumWriter<RejectedEvent> writer =
      new SpecificDatumWriter<>(RejectedEvent.getClassSchema());

  /**
   * Descriptions in the registry's wire format.
   *
   * @param wireHeader what a RejectedEvent record's value begins with, before the Avro body
   * @param rawValueLimit how many bytes of a rejected value are kept
   */
  public Rejections(byte[] wireHeader, int rawValueLimit) {
    this.wireHeader = wireHeader;
    this.rawValueLimit = rawValueLimit;
  }

  /** A RejectedEvent in the registry's wire format. */
  public byte[] record(
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
    return encode(event);
  }

  private byte[] encode(RejectedEvent event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(wireHeader);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      writer.write(event, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cannot be: it is written into memory
    }
    return out.toByteArray();
  }

  private ByteBuffer cutOff(byte[] value) {
    return ByteBuffer.wrap(value, 0, Math.min(value.length, rawValueLimit)).slice();
  }
}

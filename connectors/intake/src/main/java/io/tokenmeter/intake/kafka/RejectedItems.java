package io.tokenmeter.intake.kafka;

import io.tokenmeter.mapping.MappedItem;
import io.tokenmeter.schemas.RejectedEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rejected items of one body, and their records for rejected-events. Not thread-safe. */
final class RejectedItems {
  private static final String STAGE = "intake";

  private final byte[] body;
  private final Origin origin;
  private final int rawValueLimit;
  private final RecordEncoder<RejectedEvent> encoder;
  private final List<OutRecord> records = new ArrayList<>();
  private final List<MappedItem.Rejected> rejections = new ArrayList<>();

  /**
   * @param rawValueLimit how many bytes of the body are kept, once for all its items
   */
  RejectedItems(byte[] wireHeader, byte[] body, Origin origin, int rawValueLimit) {
    this.encoder = new RecordEncoder<>(wireHeader, RejectedEvent.class);
    this.body = body;
    this.origin = origin;
    this.rawValueLimit = rawValueLimit;
  }

  void add(MappedItem.Rejected item, @Nullable String eventId) {
    rejections.add(item);
    String where = item.path().isEmpty() ? "" : item.path() + ": ";
    RejectedEvent event =
        RejectedEvent.newBuilder()
            .setReason(item.rejection().reason().name())
            .setMessage(where + item.rejection().message())
            .setStage(STAGE)
            .setEventId(eventId)
            .setSourceTopic(origin.topic())
            .setSourcePartition(origin.partition())
            .setSourceOffset(origin.offset())
            .setSourceTimestamp(origin.receivedAt())
            .setRawKey(origin.key() == null ? null : ByteBuffer.wrap(origin.key()))
            .setRawValue(rawValue())
            .setRawValueSize((long) body.length)
            .build();
    records.add(new OutRecord(origin.key(), encoder.encode(event)));
  }

  List<OutRecord> records() {
    return records;
  }

  List<MappedItem.Rejected> rejections() {
    return rejections;
  }

  private @Nullable ByteBuffer rawValue() {
    boolean keep = rawValueLimit > 0 && body.length > 0 && records.isEmpty();
    return keep ? ByteBuffer.wrap(body, 0, Math.min(body.length, rawValueLimit)) : null;
  }
}

package io.tokenmeter.intake.kafka;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a body came from, as a rejection of something in it tells.
 *
 * @param topic topic, or path of the request
 * @param partition partition; -1 for a request
 * @param offset offset; -1 for a request
 * @param receivedAt when it came
 * @param key the record's key; null for a request
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Origin(
    String topic, int partition, long offset, Instant receivedAt, byte @Nullable [] key) {

  /** A request that has just come. */
  public static Origin request(String path, Instant receivedAt) {
    return new Origin(path, -1, -1, receivedAt, null);
  }
}

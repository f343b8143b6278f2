package io.tokenmeter.intake.kafka;

import org.jspecify.annotations.Nullable;

/**
 * A record for usage-events or rejected-events.
 *
 * @param key record key, UTF-8
 * @param value value in the registry's wire format
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutRecord(byte @Nullable [] key, byte[] value) {
  /** What Kafka adds to key and value at most, and what this object costs, bytes. */
  private static final int OVERHEAD = 100;

  /** Memory it takes on its way, bytes, roughly. */
  public int size() {
    return (key == null ? 0 : key.length) + value.length + OVERHEAD;
  }
}

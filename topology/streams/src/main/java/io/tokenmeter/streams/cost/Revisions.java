package io.tokenmeter.streams.cost;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The latest revision of each event that has more than one, so that a request about an earlier one
 * is known to be answered already.
 *
 * <p>Nothing is kept of ordinary events. An entry must outlive every request that was made before
 * it: a request waits at most as long as its topic keeps it. Old entries go by the segment, without
 * a scan.
 */
final class Revisions {
  /** Name of the store: event id in UTF-8 and day to revision. */
  static final String STORE = "calculate-cost-revisions";

  private static final Duration KEPT = Duration.ofDays(60);
  private static final Duration DAY = Duration.ofDays(1);

  private final WindowStore<Bytes, byte[]> store;

  Revisions(WindowStore<Bytes, byte[]> store) {
    this.store = store;
  }

  static StoreBuilder<WindowStore<Bytes, byte[]>> builder() {
    return Stores.windowStoreBuilder(
            Stores.persistentWindowStore(STORE, KEPT, DAY, false),
            Serdes.Bytes(),
            Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of());
  }

  /** The latest revision of an event; 0 if none beyond the first is known. */
  int of(byte[] eventId) {
    int latest = 0;
    try (KeyValueIterator<Long, byte[]> days =
        store.fetch(Bytes.wrap(eventId), 0, Long.MAX_VALUE)) {
      while (days.hasNext()) {
        KeyValue<Long, byte[]> day = days.next();
        latest = Math.max(latest, ByteBuffer.wrap(day.value).getInt());
      }
    }
    return latest;
  }

  void put(byte[] eventId, int revision, long nowMillis) {
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt(revision).array();
    long day = nowMillis - Math.floorMod(nowMillis, DAY.toMillis());
    store.put(Bytes.wrap(eventId), value, day);
  }
}

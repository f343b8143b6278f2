package io.tokenmeter.streams.price;

import io.tokenmeter.streams.usage.MeteredEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The events that wait for a price, in a store on disk: its value is the event's body.
 *
 * <p>Keys: day of arrival, provider, model, event id, arrival. So what has waited too long is at
 * the front, and all events of a model are together within a day and can be skipped at once. An
 * event that is counted again, because its id was forgotten, is held twice.
 */
public final class HeldEvents {
  /** Name of the store. */
  public static final String STORE = "find-price-held";

  private static final long DAY_MILLIS = 86_400_000L;

  private HeldEvents() {}

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of());
  }

  /** The key of an event that arrived at a time in milliseconds since the epoch. */
  public static Bytes key(MeteredEvent event, long arrivalMillis) {
    byte[] provider = event.provider().getBytes(StandardCharsets.UTF_8);
    byte[] model = event.model().getBytes(StandardCharsets.UTF_8);
    byte[] id = event.eventIdBytes();
    ByteBuffer key = ByteBuffer.allocate(16 + provider.length + model.length + id.length);
    key.putInt(day(arrivalMillis));
    key.putShort((short) provider.length).put(provider);
    key.putShort((short) model.length).put(model);
    return Bytes.wrap(key.put(id).putLong(arrivalMillis).array());
  }

  static int day(long arrivalMillis) {
    return (int) Math.floorDiv(arrivalMillis, DAY_MILLIS);
  }

  /** The first possible key of a day. */
  static Bytes firstOfDay(int day) {
    return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES).putInt(day).array());
  }

  static String provider(Bytes key) {
    return text(key.get(), 4);
  }

  static String model(Bytes key) {
    return text(key.get(), 6 + length(key.get(), 4));
  }

  /** Whether an event is held, whenever it arrived: one look for each day of which any is held. */
  public static boolean isHeld(KeyValueStore<Bytes, byte[]> held, MeteredEvent event) {
    int firstDay;
    int lastDay;
    try (KeyValueIterator<Bytes, byte[]> forwards = held.all();
        KeyValueIterator<Bytes, byte[]> backwards = held.reverseAll()) {
      if (!forwards.hasNext() || !backwards.hasNext()) {
        return false;
      }
      firstDay = ByteBuffer.wrap(forwards.next().key.get()).getInt();
      lastDay = ByteBuffer.wrap(backwards.next().key.get()).getInt();
    }
    for (int day = firstDay; day <= lastDay; day++) {
      Bytes from = key(event, day * DAY_MILLIS);
      byte[] to = from.get().clone();
      Arrays.fill(to, to.length - Long.BYTES, to.length, (byte) 0xff); // whenever it arrived
      try (KeyValueIterator<Bytes, byte[]> found = held.range(from, Bytes.wrap(to))) {
        if (found.hasNext()) {
          return true;
        }
      }
    }
    return false;
  }

  /** A key behind all events of the same day, provider and model. */
  static Bytes behindModel(Bytes key) {
    byte[] bytes = key.get();
    int modelAt = 6 + length(bytes, 4);
    byte[] prefix = Arrays.copyOf(bytes, modelAt + 2 + length(bytes, modelAt));
    int last = prefix.length - 1;
    while (++prefix[last] == 0) {
      last--; // carries, at most into the day, which never overflows
    }
    return Bytes.wrap(prefix);
  }

  private static String text(byte[] key, int at) {
    return new String(key, at + 2, length(key, at), StandardCharsets.UTF_8);
  }

  private static int length(byte[] key, int at) {
    return ByteBuffer.wrap(key).getShort(at);
  }
}

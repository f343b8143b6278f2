package io.tokenmeter.streams.reprice;

import io.tokenmeter.streams.avro.AvroBodyReader;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.usage.CostedUsageDecoder;
import io.tokenmeter.streams.usage.CountedCost;
import io.tokenmeter.streams.usage.MeteredEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait to be answered, in a store on disk, in the order of their arrival.
 *
 * <p>A key is the time of arrival and the place in the topic. A value is how far the price table
 * must have been read, then the body of the costed record that is to be replaced.
 */
public final class RepriceRequests {
  /** Name of the store. */
  public static final String STORE = "reprice-pending";

  /** A price table that was deleted and begun anew never gets as far as a request asks for. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final KeyValueStore<Bytes, byte[]> store;
  private final CostedUsageDecoder decoder = new CostedUsageDecoder();
  private final AvroBodyReader in = new AvroBodyReader();
  private final AvroBodyWriter out = new AvroBodyWriter();

  /** Arrival of the latest request: the clock of a broker that takes over may be behind. */
  private long latestMillis;

  /** The request answered last; those before it need not be skipped as tombstones again. */
  private @Nullable Bytes answered;

  /** The requests in a store. */
  public RepriceRequests(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<Bytes, byte[]> backwards = store.reverseAll()) {
      latestMillis = backwards.hasNext() ? arrival(backwards.next().key) : Long.MIN_VALUE;
    }
  }

  /** Builds the store. */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled()
        .withLoggingEnabled(Map.of());
  }

  /**
   * Adds a request.
   *
   * @param offset of its record
   * @param priceTableOffset up to where, exclusive, the price table was read by whoever asks
   * @param body holds the costed record's body from {@code start} to its end
   */
  void add(long arrivalMillis, long offset, long priceTableOffset, byte[] body, int start) {
    latestMillis = Math.max(latestMillis, arrivalMillis);
    ByteBuffer key = ByteBuffer.allocate(2 * Long.BYTES).putLong(latestMillis).putLong(offset);
    out.reset().writeLong(priceTableOffset).writeRaw(body, start, body.length - start);
    store.put(Bytes.wrap(key.array()), out.toByteArray());
  }

  /**
   * Takes the oldest requests out. Stops at one that was made with a newer price table than has
   * been read.
   *
   * @param most how many at most
   * @param pricesReadTo offset up to which, exclusive, the price table has been read
   * @param event filled with each request's event before its cost so far is handed over
   */
  public void take(
      int most,
      long pricesReadTo,
      long nowMillis,
      MeteredEvent event,
      Consumer<CountedCost> consumer) {
    try (KeyValueIterator<Bytes, byte[]> requests = store.range(answered, null)) {
      for (int taken = 0; taken < most && requests.hasNext(); taken++) {
        KeyValue<Bytes, byte[]> request = requests.next();
        byte[] value = request.value;
        in.start(value, 0, value.length);
        boolean mayWait = nowMillis - arrival(request.key) < LONGEST_WAIT.toMillis();
        if (in.readLong() > pricesReadTo && mayWait) {
          return;
        }
        consumer.accept(decoder.decode(value, in.position(), value.length, event));
        store.delete(request.key);
        answered = request.key;
      }
    }
  }

  private static long arrival(Bytes key) {
    return ByteBuffer.wrap(key.get()).getLong();
  }
}

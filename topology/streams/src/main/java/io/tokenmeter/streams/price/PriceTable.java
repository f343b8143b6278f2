package io.tokenmeter.streams.price;

import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.price.PricedBy;
import io.tokenmeter.schemas.Price;
import io.tokenmeter.streams.Meters;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The price table as one immutable {@link PriceBook} for the whole process, kept by a global store.
 *
 * <p>Kafka Streams reads the table to its end, through {@link #supplier}, before any event is
 * processed. A change makes a new book the next time one is asked for, so that ten thousand rows at
 * start-up make one book and not ten thousand.
 */
public final class PriceTable {
  /** Name of the processor that reads the table. */
  public static final String NAME = "price-table";

  private static final Logger log = LoggerFactory.getLogger(PriceTable.class);
  private static final String STORE = "price-table-rows";

  private final Map<String, PricedBy> rows = new HashMap<>();
  private volatile PriceBook book = PriceBook.EMPTY;
  private volatile boolean changed;

  /** The book of all prices read so far. Cheap enough to ask for with every event. */
  public PriceBook book() {
    if (changed) {
      rebuild();
    }
    return book;
  }

  private synchronized void rebuild() {
    if (changed) {
      book = PriceBook.ofPriced(rows.values());
      // Last: until then others wait here, or they would price by the book before.
      changed = false;
    }
  }

  private synchronized void put(String key, @Nullable PricedBy row) {
    if (row == null) {
      rows.remove(key);
    } else {
      rows.put(key, row);
    }
    changed = true;
  }

  /** The global store: the rows' bytes, which nothing reads. */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled();
  }

  /** What reads the table. */
  public ProcessorSupplier<byte[], byte[], Void, Void> supplier(
      String topic, Supplier<Deserializer<Object>> deserializers, Meters meters) {
    return () -> new Reader(topic, deserializers.get(), meters);
  }

  private final class Reader implements Processor<byte[], byte[], Void, Void> {
    private final String topic;
    private final Deserializer<Object> deserializer;
    private final Meters meters;
    private KeyValueStore<Bytes, byte[]> store;

    @SuppressWarnings("NullAway.Init")
    Reader(String topic, Deserializer<Object> deserializer, Meters meters) {
      this.topic = topic;
      this.deserializer = deserializer;
      this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      if (record.key() == null) {
        return;
      }
      store.put(Bytes.wrap(record.key()), record.value());
      String key = new String(record.key(), StandardCharsets.UTF_8);
      try {
        put(key, row(record.value()));
      } catch (TimeoutException e) {
        throw e; // the registry's fault and not the row's, which must not get lost
      } catch (RuntimeException e) {
        // One bad row must not stop the others; the row it would have replaced stays.
        meters.badPrice();
        log.warn("price {} cannot be used and is ignored: {}", key, e.getMessage());
      }
    }

    private @Nullable PricedBy row(byte @Nullable [] value) {
      if (value == null) {
        return null;
      }
      // Worked out here, once, and not for every book; an unusable row fails alone.
      return new PricedBy(PriceRecords.fromRecord((Price) deserializer.deserialize(topic, value)));
    }
  }
}

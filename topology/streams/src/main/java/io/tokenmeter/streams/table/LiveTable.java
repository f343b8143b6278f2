package io.tokenmeter.streams.table;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * A compacted topic as one immutable value for the whole process, kept by a global store.
 *
 * <p>Kafka Streams reads the topic to its end, through {@link #supplier}, before any event is
 * processed. A change makes a new value the next time one is asked for, so that ten thousand rows
 * at start-up make one value and not ten thousand.
 *
 * @param <R> a row, worked out once when its record is read
 * @param <V> what the rows make together
 */
public final class LiveTable<R, V> {
  private final String name;
  private final Function<Collection<R>, V> together;
  private final Map<String, R> rows = new HashMap<>();
  private volatile V value;
  private volatile boolean changed;
  private volatile long readTo;

  /**
   * A table without rows.
   *
   * @param name name of the processor that reads it; its store is {@code NAME-rows}
   * @param together makes the value of all rows; asked by one thread at a time
   */
  public LiveTable(String name, Function<Collection<R>, V> together) {
    this.name = name;
    this.together = together;
    this.value = together.apply(List.of());
  }

  /** What all rows read so far make together. Cheap enough to ask for with every event. */
  public V value() {
    if (changed) {
      rebuild();
    }
    return value;
  }

  private synchronized void rebuild() {
    if (changed) {
      value = together.apply(rows.values());
      // Last: until then others wait here, or they would work with the value before.
      changed = false;
    }
  }

  synchronized void put(String key, @Nullable R row) {
    if (row == null) {
      rows.remove(key);
    } else {
      rows.put(key, row);
    }
    changed = true;
  }

  /** Up to which offset, exclusive, the topic has been read; {@link #value} has what is before. */
  public long readTo() {
    return readTo;
  }

  void readTo(long offset) {
    readTo = offset;
  }

  String storeName() {
    return storeName(name);
  }

  private static String storeName(String name) {
    return name + "-rows";
  }

  /** The global store of a table: the rows' bytes, which nothing reads. */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(storeName(name)), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled();
  }

  /**
   * What reads the table.
   *
   * @param rows makes a row of a record; what it throws makes the record a bad one
   * @param onBadRecord told of each record that is no row
   */
  public ProcessorSupplier<byte[], byte[], Void, Void> supplier(
      String topic,
      Supplier<Deserializer<Object>> deserializers,
      RowReader<R> rows,
      Runnable onBadRecord) {
    return () -> new TableReader<>(this, topic, deserializers.get(), rows, onBadRecord);
  }

  /** Makes a row of a record. */
  @FunctionalInterface
  public interface RowReader<R> {
    /**
     * The row.
     *
     * @param key the record's key
     * @param record the record's value
     * @param arrivalMillis the record's timestamp, milliseconds since the epoch
     * @throws RuntimeException saying why it is none, without the payload
     */
    R read(String key, Object record, long arrivalMillis);
  }
}

package io.tokenmeter.streams.table;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the records of a compacted topic into its {@link LiveTable}. */
final class TableReader<R> implements Processor<byte[], byte[], Void, Void> {
  private static final Logger log = LoggerFactory.getLogger(TableReader.class);

  private final LiveTable<R, ?> table;
  private final String topic;
  private final Deserializer<Object> deserializer;
  private final LiveTable.RowReader<R> rows;
  private final Runnable onBadRecord;
  private ProcessorContext<Void, Void> context;
  private KeyValueStore<Bytes, byte[]> store;

  @SuppressWarnings("NullAway.Init")
  TableReader(
      LiveTable<R, ?> table,
      String topic,
      Deserializer<Object> deserializer,
      LiveTable.RowReader<R> rows,
      Runnable onBadRecord) {
    this.table = table;
    this.topic = topic;
    this.deserializer = deserializer;
    this.rows = rows;
    this.onBadRecord = onBadRecord;
  }

  @Override
  public void init(ProcessorContext<Void, Void> processorContext) {
    context = processorContext;
    store = processorContext.getStateStore(table.storeName());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.key() != null) {
      put(record);
    }
    context.recordMetadata().ifPresent(place -> table.readTo(place.offset() + 1));
  }

  private void put(Record<byte[], byte[]> record) {
    store.put(Bytes.wrap(record.key()), record.value());
    String key = new String(record.key(), StandardCharsets.UTF_8);
    try {
      table.put(
          key,
          record.value() == null
              ? null
              : rows.read(
                  key, deserializer.deserialize(topic, record.value()), record.timestamp()));
    } catch (TimeoutException e) {
      throw e; // the registry's fault and not the row's, which must not get lost
    } catch (RuntimeException e) {
      // One bad row must not stop the others; the row it would have replaced stays.
      onBadRecord.run();
      log.warn("{}: record {} cannot be used and is ignored: {}", topic, key, e.getMessage());
    }
  }
}

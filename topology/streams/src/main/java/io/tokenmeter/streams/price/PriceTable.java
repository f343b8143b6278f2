package io.tokenmeter.streams.price;

import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.price.PricedBy;
import io.tokenmeter.schemas.Price;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.table.LiveTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The price table as one immutable {@link PriceBook} for the whole process, and when each
 * provider's prices were published last.
 */
public final class PriceTable {
  /** Name of the processor that reads the table. */
  public static final String NAME = "price-table";

  private record Row(PricedBy price, long publishedMillis) {}

  private record Prices(PriceBook book, Map<String, Long> publishedMillis) {}

  private final LiveTable<Row, Prices> table = new LiveTable<>(NAME, PriceTable::together);

  /** The book of all prices read so far. Cheap enough to ask for with every event. */
  public PriceBook book() {
    return table.value().book();
  }

  /** Up to which offset, exclusive, the topic has been read; {@link #book} has what is before. */
  public long readTo() {
    return table.readTo();
  }

  /**
   * When prices of each provider arrived last, milliseconds since the epoch; withdrawn ones do not
   * count.
   */
  public Map<String, Long> publishedMillis() {
    return table.value().publishedMillis();
  }

  private static Prices together(Collection<Row> rows) {
    Map<String, Long> published = new HashMap<>();
    rows.forEach(
        row -> published.merge(row.price().row().provider(), row.publishedMillis(), Math::max));
    return new Prices(
        PriceBook.ofPriced(rows.stream().map(Row::price).toList()), Map.copyOf(published));
  }

  /** The global store: the rows' bytes, which nothing reads. */
  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
    return LiveTable.store(NAME);
  }

  /** What reads the table. */
  public ProcessorSupplier<byte[], byte[], Void, Void> supplier(
      String topic, Supplier<Deserializer<Object>> deserializers, Meters meters) {
    return table.supplier(
        topic,
        deserializers,
        // Worked out here, once, and not for every book; an unusable row fails alone.
        (key, record, arrivalMillis) ->
            new Row(new PricedBy(PriceRecords.fromRecord((Price) record)), arrivalMillis),
        meters::badPrice);
  }
}

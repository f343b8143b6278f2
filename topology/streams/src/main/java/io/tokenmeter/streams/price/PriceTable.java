package io.tokenmeter.streams.price;

import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.price.PricedBy;
import io.tokenmeter.schemas.Price;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.table.LiveTable;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The price table as one immutable {@link PriceBook} for the whole process. */
public final class PriceTable {
  /** Name of the processor that reads the table. */
  public static final String NAME = "price-table";

  private final LiveTable<PricedBy, PriceBook> table = new LiveTable<>(NAME, PriceBook::ofPriced);

  /** The book of all prices read so far. Cheap enough to ask for with every event. */
  public PriceBook book() {
    return table.value();
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
        (key, record) -> new PricedBy(PriceRecords.fromRecord((Price) record)),
        meters::badPrice);
  }
}

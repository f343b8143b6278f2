package io.tokenmeter.cli.cluster;

import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.schemas.Price;
import io.tokenmeter.streams.price.PriceRecords;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The price table of a running application: rows are published to it, withdrawn from it and read
 * from it.
 */
public final class PriceTopic {
  private final TableTopic<PriceRow> table;

  /**
   * @param settings settings of the application, with bootstrap.servers and registry.url
   */
  public PriceTopic(Map<String, String> settings) {
    table =
        new TableTopic<>(
            settings, "price-table", (key, record) -> PriceRecords.fromRecord((Price) record));
  }

  /**
   * What the topic holds: the rows, the records that could not be read, and the offset behind the
   * last record.
   */
  public record Contents(List<PriceRow> rows, List<String> unreadable, long readTo) {}

  /** The topic's whole name. */
  public String name() {
    return table.name();
  }

  /** Publishes rows and waits until the brokers have them. */
  public void publish(Collection<PriceRow> rows) {
    Map<String, Price> records = new LinkedHashMap<>();
    rows.forEach(row -> records.put(PriceRecords.key(row), PriceRecords.toRecord(row)));
    table.put(records);
  }

  /** Withdraws rows by their keys, with tombstones, and waits until the brokers have them. */
  public void withdraw(Collection<String> keys) {
    table.remove(keys);
  }

  /** Reads the topic to its present end; of several records of a key the last one counts. */
  public Contents read() {
    TableTopic.Contents<PriceRow> contents = table.read();
    return new Contents(
        List.copyOf(contents.rows().values()), contents.unreadable(), contents.readTo());
  }
}

package io.tokenmeter.streams.cost;

import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostCalculator;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.streams.avro.MalformedAvroException;
import io.tokenmeter.streams.usage.CostedUsageDecoder;
import io.tokenmeter.streams.usage.CountedCost;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.NameTable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a costed record would say with the prices of another book, by the same steps as
 * the application. One instance is filled anew for each record; not thread-safe.
 */
public final class Recosting {
  private static final int MOST_NAMES = 10_000;

  private final CostedUsageDecoder decoder = new CostedUsageDecoder();
  private final MeteredEvent event = new MeteredEvent(new NameTable());
  private final CostCalculator calculator = new CostCalculator();
  private final CostedUsageWriter writer = new CostedUsageWriter(new byte[0]);
  private @Nullable CountedCost before;

  /**
   * Reads the body of a CostedUsage in the current schema.
   *
   * @throws MalformedAvroException if the bytes are not one
   */
  public void read(byte[] body, int start, int end) {
    event.names().clearAbove(MOST_NAMES);
    before = decoder.decode(body, start, end, event);
  }

  /** The event of the record that was read. */
  public MeteredEvent event() {
    return event;
  }

  /** What it has counted for by that record. */
  public CountedCost before() {
    return Objects.requireNonNull(before);
  }

  /** Key of the row that priced it; null if none did. */
  public @Nullable String priceKeyBefore() {
    return decoder.priceKey();
  }

  /** Prices the record that was read with the rows of a book. */
  public Cost priceWith(PriceBook book) {
    event.priceWith(book);
    event.calculate(calculator);
    return event.cost();
  }

  /** Whether the record would say anything else of its cost than it does. */
  public boolean differs() {
    writer.value(event, before().revision());
    return !writer.hasCostFields(before().costFields());
  }
}

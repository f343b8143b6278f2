package io.tokenmeter.streams.price;

import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.NameTable;
import io.tokenmeter.streams.usage.UsageEventDecoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Finds the price row of each event as of the event's own time, and looks again for those that are
 * held without one whenever the price table has changed, some at a time.
 */
public final class FindPrice implements Processor<byte[], MeteredEvent, byte[], MeteredEvent> {
  /** Name of the stage. */
  public static final String NAME = "find-price";

  /**
   * When and how much held events are looked at.
   *
   * @param interval pause between steps
   * @param stepEvents events looked at in a step
   * @param retention how long an event is held
   */
  public record Holding(Duration interval, int stepEvents, Duration retention) {}

  private final PriceTable prices;
  private final Holding holding;
  private final UsageEventDecoder decoder = new UsageEventDecoder();
  private final MeteredEvent heldEvent = new MeteredEvent(new NameTable());
  private ProcessorContext<byte[], MeteredEvent> context;
  private KeyValueStore<Bytes, byte[]> held;

  /**
   * The book with which the held events are being looked at, and how far that is; null when done.
   */
  private PriceBook scannedWith = PriceBook.EMPTY;

  private @Nullable Bytes scanFrom;

  /** The day before which nothing is held any more. */
  private int expiredBefore = Integer.MIN_VALUE;

  @SuppressWarnings("NullAway.Init")
  private FindPrice(PriceTable prices, Holding holding) {
    this.prices = prices;
    this.holding = holding;
  }

  /** The stage. */
  public static ProcessorSupplier<byte[], MeteredEvent, byte[], MeteredEvent> supplier(
      PriceTable prices, Holding holding) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], MeteredEvent, byte[], MeteredEvent> get() {
        return new FindPrice(prices, holding);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(HeldEvents.builder());
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], MeteredEvent> processorContext) {
    context = processorContext;
    held = processorContext.getStateStore(HeldEvents.STORE);
    // A task that failed is set up again with the same processor.
    scannedWith = PriceBook.EMPTY;
    scanFrom = null;
    expiredBefore = Integer.MIN_VALUE;
    processorContext.schedule(holding.interval(), PunctuationType.WALL_CLOCK_TIME, this::lookAgain);
  }

  @Override
  public void process(Record<byte[], MeteredEvent> record) {
    MeteredEvent event = record.value();
    event.priceWith(prices.book());
    context.forward(record);
  }

  /** One step: expires what has been held too long, and reprices what has a price by now. */
  private void lookAgain(long now) {
    expire(now);
    PriceBook book = prices.book();
    if (book != scannedWith) {
      scannedWith = book;
      scanFrom = HeldEvents.firstOfDay(0);
    }
    if (scanFrom != null) {
      scanFrom = reprice(scanFrom, book, now);
    }
  }

  /** Looks at some held events; returns where to go on, or null at the end. */
  private @Nullable Bytes reprice(Bytes from, PriceBook book, long now) {
    Bytes next = from;
    for (int seen = 0; seen < holding.stepEvents(); ) {
      Bytes unknownModel = null;
      try (KeyValueIterator<Bytes, byte[]> events = held.range(next, null)) {
        while (unknownModel == null && seen < holding.stepEvents()) {
          if (!events.hasNext()) {
            return null;
          }
          KeyValue<Bytes, byte[]> entry = events.next();
          seen++;
          if (book.hasAnyRowFor(HeldEvents.provider(entry.key), HeldEvents.model(entry.key))) {
            reprice(entry.key, entry.value, book, now);
            next = Bytes.wrap(Arrays.copyOf(entry.key.get(), entry.key.get().length + 1));
          } else {
            unknownModel = entry.key;
          }
        }
      }
      if (unknownModel != null) {
        next = HeldEvents.behindModel(unknownModel);
      }
    }
    return next;
  }

  private void reprice(Bytes key, byte[] body, PriceBook book, long now) {
    decoder.decode(body, 0, body.length, heldEvent);
    if (heldEvent.names().size() > 10_000) {
      heldEvent.names().clear();
      decoder.decode(body, 0, body.length, heldEvent);
    }
    heldEvent.repriceWith(book, key);
    context.forward(new Record<>(heldEvent.eventIdBytes(), heldEvent, now));
  }

  private void expire(long now) {
    int keepFrom = HeldEvents.day(now - holding.retention().toMillis());
    if (keepFrom == expiredBefore) {
      return;
    }
    try (KeyValueIterator<Bytes, byte[]> old =
        held.range(HeldEvents.firstOfDay(0), HeldEvents.firstOfDay(keepFrom))) {
      for (int i = 0; i < holding.stepEvents() && old.hasNext(); i++) {
        held.delete(old.next().key);
      }
      if (!old.hasNext()) {
        expiredBefore = keepFrom;
      }
    }
  }
}

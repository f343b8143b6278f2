package io.tokenmeter.streams.price;

import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.streams.reprice.RepriceRequests;
import io.tokenmeter.streams.usage.CountedCost;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.NameTable;
import io.tokenmeter.streams.usage.UsageEventDecoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
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
 * Finds the price row of each event as of the event's own time. Looks again, some at a time, for
 * those that are held without one whenever the price table has changed, and for those that somebody
 * has asked to price again.
 */
public final class FindPrice implements Processor<byte[], MeteredEvent, byte[], MeteredEvent> {
  /** Name of the stage. */
  public static final String NAME = "find-price";

  /**
   * When and how many held events and requests are looked at.
   *
   * @param interval pause between steps
   * @param stepEvents events of each kind looked at in a step
   * @param retention how long an event is held
   */
  public record Holding(Duration interval, int stepEvents, Duration retention) {}

  private static final int MOST_NAMES = 10_000;

  private final PriceTable prices;
  private final Holding holding;
  private final UsageEventDecoder decoder = new UsageEventDecoder();
  private final MeteredEvent pastEvent = new MeteredEvent(new NameTable());
  private ProcessorContext<byte[], MeteredEvent> context;
  private KeyValueStore<Bytes, byte[]> held;
  private RepriceRequests requests;

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
        // In this order, as topology.txt has them.
        Set<StoreBuilder<?>> stores = new LinkedHashSet<>();
        stores.add(HeldEvents.builder());
        stores.add(RepriceRequests.builder());
        return stores;
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], MeteredEvent> processorContext) {
    context = processorContext;
    held = processorContext.getStateStore(HeldEvents.STORE);
    requests = new RepriceRequests(processorContext.getStateStore(RepriceRequests.STORE));
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

  /**
   * One step: expires what has been held too long, and reprices what has a price by now and what
   * somebody has asked for.
   */
  private void lookAgain(long now) {
    expire(now);
    long pricesReadTo = prices.readTo(); // first: the book is as new as that, or newer
    PriceBook book = prices.book();
    if (book != scannedWith) {
      scannedWith = book;
      scanFrom = HeldEvents.firstOfDay(0);
    }
    if (scanFrom != null) {
      scanFrom = reprice(scanFrom, book, now);
    }
    pastEvent.names().clearAbove(MOST_NAMES);
    requests.take(
        holding.stepEvents(),
        pricesReadTo,
        now,
        pastEvent,
        counted -> forwardAgain(counted, book, now));
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
    pastEvent.names().clearAbove(MOST_NAMES);
    decoder.decode(body, 0, body.length, pastEvent);
    forwardAgain(CountedCost.held(key), book, now);
  }

  private void forwardAgain(CountedCost counted, PriceBook book, long now) {
    pastEvent.repriceWith(book, counted);
    context.forward(new Record<>(pastEvent.eventIdBytes(), pastEvent, now));
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

package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.schemas.UsageEvent;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/** Drops events whose id a window store has seen within 24 hours, as the usual example does. */
final class WindowStoreDedupe implements ProcessorSupplier<String, UsageEvent, String, UsageEvent> {
  private static final String STORE = "seen-event-ids";
  private static final Duration HORIZON = Duration.ofHours(24);

  @Override
  public Processor<String, UsageEvent, String, UsageEvent> get() {
    return new Dedupe();
  }

  @Override
  public Set<StoreBuilder<?>> stores() {
    return Set.of(
        Stores.windowStoreBuilder(
            Stores.persistentWindowStore(STORE, HORIZON, HORIZON, false),
            Serdes.String(),
            Serdes.Long()));
  }

  @SuppressWarnings("NullAway.Init") // Kafka Streams calls init() before process()
  private static final class Dedupe implements Processor<String, UsageEvent, String, UsageEvent> {
    private ProcessorContext<String, UsageEvent> context;
    private WindowStore<String, Long> seen;

    @Override
    public void init(ProcessorContext<String, UsageEvent> newContext) {
      context = newContext;
      seen = newContext.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, UsageEvent> record) {
      long time = record.timestamp();
      String id = record.value().getEventId();
      long horizon = HORIZON.toMillis();
      try (WindowStoreIterator<Long> copies = seen.fetch(id, time - horizon, time + horizon)) {
        if (copies.hasNext()) {
          return;
        }
      }
      seen.put(id, time, time);
      context.forward(record);
    }
  }
}

package io.tokenmeter.streams.dedupe;

import io.tokenmeter.domain.dedupe.DedupeHorizon;
import io.tokenmeter.domain.dedupe.EventIdHash;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.usage.MeteredEvent;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Drops an event whose id arrived before, within the dedupe horizon. What is remembered is
 * committed together with what the event caused, so that a crash neither loses an event nor counts
 * one twice.
 */
public final class DropDuplicates implements Processor<byte[], MeteredEvent, byte[], MeteredEvent> {
  /** Name of the stage. */
  public static final String NAME = "drop-duplicates";

  private static final String SEEN = "drop-duplicates-seen";

  private final DedupeHorizon horizon;
  private final Meters meters;
  private final EventIdHash hash = new EventIdHash();
  private ProcessorContext<byte[], MeteredEvent> context;
  private SeenEventIds seen;

  @SuppressWarnings("NullAway.Init")
  private DropDuplicates(DedupeHorizon horizon, Meters meters) {
    this.horizon = horizon;
    this.meters = meters;
  }

  /** The stage. */
  public static ProcessorSupplier<byte[], MeteredEvent, byte[], MeteredEvent> supplier(
      DedupeHorizon horizon, Meters meters) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], MeteredEvent, byte[], MeteredEvent> get() {
        return new DropDuplicates(horizon, meters);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(SeenEventIds.builder(SEEN, horizon));
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], MeteredEvent> processorContext) {
    context = processorContext;
    seen = processorContext.getStateStore(SEEN);
    seen.onCommit(processorContext, seen::writeBack);
  }

  @Override
  public void process(Record<byte[], MeteredEvent> record) {
    MeteredEvent event = record.value();
    long id = event.eventIdSlice();
    hash.hash(event.body(), Slice.offset(id), Slice.length(id));
    if (seen.add(hash.high(), hash.low(), horizon.bucket(record.timestamp()))) {
      context.forward(record);
    } else {
      meters.duplicate();
    }
  }
}

package io.tokenmeter.streams.cost;

import io.tokenmeter.domain.cost.CostCalculator;
import io.tokenmeter.domain.cost.PricingStatus;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.price.HeldEvents;
import io.tokenmeter.streams.spike.SpikeGate;
import io.tokenmeter.streams.usage.CountedCost;
import io.tokenmeter.streams.usage.MeteredEvent;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Calculates what each event costs at the price that was found, writes the costed record, and hands
 * the event on to be rolled up. An event without a cost is written and counted as unpriced, and
 * held until it has one.
 *
 * <p>An event that was counted before is written again with the next revision if anything of its
 * cost is different, and what it counts for in totals is corrected by the difference. A correction
 * is made once: one that is asked for by an earlier revision than the latest changes nothing.
 */
public final class CalculateCost implements Processor<byte[], MeteredEvent, byte[], Object> {
  /** Name of the stage. */
  public static final String NAME = "calculate-cost";

  /**
   * Names of the stages that get what comes out.
   *
   * @param costed gets the costed records
   * @param runs gets the events of runs, spans among them; empty for none
   * @param sums gets the billed events
   * @param spikes gets the billed events that may be spikes
   */
  public record Outputs(String costed, String runs, String sums, String spikes) {}

  private static final int FIRST = 1;

  private final CostedUsageWriter writer;
  private final Meters meters;
  private final Outputs outputs;
  private final SpikeGate spikes;
  private final CostCalculator calculator = new CostCalculator();
  private ProcessorContext<byte[], Object> context;
  private KeyValueStore<Bytes, byte[]> held;
  private Revisions revisions;

  @SuppressWarnings("NullAway.Init")
  private CalculateCost(byte[] wireHeader, Meters meters, Outputs outputs, SpikeGate spikes) {
    this.writer = new CostedUsageWriter(wireHeader);
    this.meters = meters;
    this.outputs = outputs;
    this.spikes = spikes;
  }

  /**
   * The stage. It shares the store of held events with the stage that finds prices.
   *
   * @param wireHeader what a CostedUsage record's value begins with, before the Avro body
   * @param gates makes the gate of a task: which events the spike detector gets
   */
  public static ProcessorSupplier<byte[], MeteredEvent, byte[], Object> supplier(
      byte[] wireHeader, Meters meters, Outputs outputs, Supplier<SpikeGate> gates) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], MeteredEvent, byte[], Object> get() {
        return new CalculateCost(wireHeader, meters, outputs, gates.get());
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(Revisions.builder());
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
    held = processorContext.getStateStore(HeldEvents.STORE);
    revisions = new Revisions(processorContext.getStateStore(Revisions.STORE));
  }

  @Override
  public void process(Record<byte[], MeteredEvent> record) {
    MeteredEvent event = record.value();
    event.calculate(calculator);
    CountedCost before = event.counted();
    if (before != null) {
      correct(record, event, before);
      return;
    }
    if (isUnpriced(event)) {
      hold(event, record.timestamp());
    }
    forwardCosted(record, event, writer.value(event, FIRST));
    forwardForRuns(record, event);
    forwardForSums(record, event, true);
  }

  private static boolean isUnpriced(MeteredEvent event) {
    return event.cost().status() == PricingStatus.UNPRICED;
  }

  private void correct(
      Record<byte[], MeteredEvent> record, MeteredEvent event, CountedCost before) {
    Bytes heldKey = before.heldKey();
    int latest = Math.max(FIRST, revisions.of(event.eventIdBytes()));
    if (heldKey == null) {
      answer(record, event, before, latest);
    } else if (!isUnpriced(event)) { // else it is held on, and nothing has changed
      held.delete(heldKey);
      meters.repriced();
      replace(record, event, before, writer.value(event, latest + 1), latest + 1);
    }
  }

  /** Answers a request to price an event again, by the record that is to be replaced. */
  private void answer(
      Record<byte[], MeteredEvent> record, MeteredEvent event, CountedCost before, int latest) {
    boolean isHeld = before.isUnpriced() && HeldEvents.isHeld(held, event);
    if (before.revision() < latest || isHeld) {
      meters.staleRepriceRequest();
      return;
    }
    int revision = before.revision() + 1;
    byte[] value = writer.value(event, revision);
    if (!writer.hasCostFields(before.costFields())) {
      if (isUnpriced(event)) {
        hold(event, record.timestamp());
      }
      meters.corrected();
      replace(record, event, before, value, revision);
      return;
    }
    meters.needlessRepriceRequest();
    if (event.costRole() == CostRole.LEAF) {
      forwardForRuns(record, event); // which may have let go of the step, and takes it up again
    }
  }

  /** Writes an event's next revision, and corrects what it counts for. */
  private void replace(
      Record<byte[], MeteredEvent> record,
      MeteredEvent event,
      CountedCost before,
      byte[] value,
      int revision) {
    revisions.put(event.eventIdBytes(), revision, record.timestamp());
    forwardCosted(record, event, value);
    if (before.differsFrom(event.cost())) {
      forwardForRuns(record, event);
      forwardForSums(record, event, before.heldKey() != null);
    }
  }

  private void forwardCosted(
      Record<byte[], MeteredEvent> record, MeteredEvent event, byte[] value) {
    context.forward(
        new Record<byte[], Object>(
            event.eventIdBytes(), value, record.timestamp(), record.headers()),
        outputs.costed());
  }

  // Below the same record goes on: a new one copies headers and makes Streams copy its context.

  @SuppressWarnings("unchecked")
  private void forwardForRuns(Record<byte[], MeteredEvent> record, MeteredEvent event) {
    if (event.runIdSlice() != Slice.ABSENT && !outputs.runs().isEmpty()) {
      context.forward((Record<byte[], Object>) (Record<?, ?>) record, outputs.runs());
    }
  }

  @SuppressWarnings("unchecked")
  private void forwardForSums(
      Record<byte[], MeteredEvent> record, MeteredEvent event, boolean isNews) {
    if (event.costRole() == CostRole.LEAF) {
      Record<byte[], Object> same = (Record<byte[], Object>) (Record<?, ?>) record;
      context.forward(same, outputs.sums());
      if (isNews && spikes.mayPass(event)) {
        context.forward(same, outputs.spikes());
      }
    }
  }

  private void hold(MeteredEvent event, long arrivalMillis) {
    int start = event.bodyStart();
    held.put(
        HeldEvents.key(event, arrivalMillis),
        Arrays.copyOfRange(event.body(), start, start + event.bodyLength()));
    meters.held();
  }
}

package io.tokenmeter.streams.cost;

import io.tokenmeter.domain.cost.CostCalculator;
import io.tokenmeter.domain.cost.PricingStatus;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.price.HeldEvents;
import io.tokenmeter.streams.spike.SpikeGate;
import io.tokenmeter.streams.usage.MeteredEvent;
import java.util.Arrays;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Calculates what each event costs at the price that was found, writes the costed record, and hands
 * the event on to be rolled up. An event without a cost is written and counted as unpriced, and
 * held until it has one.
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
  private static final int REPRICED = 2;

  private final CostedUsageWriter writer;
  private final Meters meters;
  private final Outputs outputs;
  private final SpikeGate spikes;
  private final CostCalculator calculator = new CostCalculator();
  private ProcessorContext<byte[], Object> context;
  private KeyValueStore<Bytes, byte[]> held;

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
    return () -> new CalculateCost(wireHeader, meters, outputs, gates.get());
  }

  @Override
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
    held = processorContext.getStateStore(HeldEvents.STORE);
  }

  @Override
  @SuppressWarnings("unchecked")
  public void process(Record<byte[], MeteredEvent> record) {
    MeteredEvent event = record.value();
    event.calculate(calculator);
    boolean unpriced = event.cost().status() == PricingStatus.UNPRICED;
    Bytes heldKey = event.heldKey();
    if (heldKey != null) {
      if (unpriced) {
        return; // still held; nothing has changed
      }
      held.delete(heldKey);
      meters.repriced();
    } else if (unpriced) {
      hold(event, record.timestamp());
    }
    byte[] value = writer.value(event, heldKey == null ? FIRST : REPRICED);
    context.forward(
        new Record<byte[], Object>(
            event.eventIdBytes(), value, record.timestamp(), record.headers()),
        outputs.costed());
    // The same record, because a new one copies headers and makes Streams copy its context.
    Record<byte[], Object> same = (Record<byte[], Object>) (Record<?, ?>) record;
    if (event.runIdSlice() != Slice.ABSENT && !outputs.runs().isEmpty()) {
      context.forward(same, outputs.runs());
    }
    if (event.costRole() == CostRole.LEAF) {
      context.forward(same, outputs.sums());
      if (spikes.mayPass(event)) {
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

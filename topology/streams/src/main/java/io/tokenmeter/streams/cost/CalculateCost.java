package io.tokenmeter.streams.cost;

import io.tokenmeter.domain.cost.CostCalculator;
import io.tokenmeter.domain.cost.PricingStatus;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.price.HeldEvents;
import io.tokenmeter.streams.usage.MeteredEvent;
import java.util.Arrays;
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

  private static final int FIRST = 1;
  private static final int REPRICED = 2;

  private final CostedUsageWriter writer;
  private final Meters meters;
  private final String costed;
  private final String next;
  private final CostCalculator calculator = new CostCalculator();
  private ProcessorContext<byte[], Object> context;
  private KeyValueStore<Bytes, byte[]> held;

  @SuppressWarnings("NullAway.Init")
  private CalculateCost(byte[] wireHeader, Meters meters, String costed, String next) {
    this.writer = new CostedUsageWriter(wireHeader);
    this.meters = meters;
    this.costed = costed;
    this.next = next;
  }

  /**
   * The stage. It shares the store of held events with the stage that finds prices.
   *
   * @param wireHeader what a CostedUsage record's value begins with, before the Avro body
   * @param costed name of the sink that gets the costed records
   * @param next name of the stage that gets the events
   */
  public static ProcessorSupplier<byte[], MeteredEvent, byte[], Object> supplier(
      byte[] wireHeader, Meters meters, String costed, String next) {
    return () -> new CalculateCost(wireHeader, meters, costed, next);
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
        costed);
    if (event.costRole() == CostRole.LEAF) {
      // The same record, because a new one copies headers and makes Streams copy its context.
      context.forward((Record<byte[], Object>) (Record<?, ?>) record, next);
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

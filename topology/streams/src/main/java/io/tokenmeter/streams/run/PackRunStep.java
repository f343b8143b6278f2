package io.tokenmeter.streams.run;

import io.tokenmeter.domain.run.PackedStep;
import io.tokenmeter.domain.run.StateWriter;
import io.tokenmeter.streams.usage.MeteredEvent;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Packs the steps of runs under their run id, on the way to the task that has the run. Only where
 * {@code runs.repartition} says that producers do not use the run id as the record key.
 */
public final class PackRunStep implements Processor<byte[], MeteredEvent, byte[], byte[]> {
  /** Name of the stage. */
  public static final String NAME = "pack-run-step";

  private final EventSteps steps = new EventSteps();
  private final StateWriter out = new StateWriter();
  private ProcessorContext<byte[], byte[]> context;

  @SuppressWarnings("NullAway.Init")
  private PackRunStep() {}

  /** The stage. */
  public static ProcessorSupplier<byte[], MeteredEvent, byte[], byte[]> supplier() {
    return PackRunStep::new;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], MeteredEvent> record) {
    byte[] runId = steps.key(record).get();
    byte[] packed = PackedStep.pack(steps.step(record), out);
    context.forward(new Record<>(runId, packed, record.timestamp()));
  }
}

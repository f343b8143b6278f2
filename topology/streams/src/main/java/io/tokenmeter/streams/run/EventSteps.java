package io.tokenmeter.streams.run;

import io.tokenmeter.domain.run.RunStep;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.usage.MeteredEvent;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;

/** Steps as the events that their task has just costed. */
final class EventSteps implements StepSource<MeteredEvent> {
  private final MeteredRunStep step = new MeteredRunStep();

  @Override
  public boolean isOf(Record<byte[], MeteredEvent> record, Bytes key) {
    MeteredEvent event = record.value();
    byte[] id = key.get();
    int from = Slice.offset(event.runIdSlice());
    int to = from + Slice.length(event.runIdSlice());
    return Arrays.equals(event.body(), from, to, id, 0, id.length);
  }

  @Override
  public int hash(Record<byte[], MeteredEvent> record) {
    MeteredEvent event = record.value();
    byte[] body = event.body();
    int from = Slice.offset(event.runIdSlice());
    int to = from + Slice.length(event.runIdSlice());
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + body[i];
    }
    return hash;
  }

  @Override
  public Bytes key(Record<byte[], MeteredEvent> record) {
    MeteredEvent event = record.value();
    int from = Slice.offset(event.runIdSlice());
    int to = from + Slice.length(event.runIdSlice());
    return Bytes.wrap(Arrays.copyOfRange(event.body(), from, to));
  }

  @Override
  public RunStep step(Record<byte[], MeteredEvent> record) {
    return step.of(record.value());
  }
}

package io.tokenmeter.streams.run;

import io.tokenmeter.domain.run.PackedStep;
import io.tokenmeter.domain.run.RunStep;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;

/** Steps that come from the tasks that costed them, under the run id as the key. */
final class RepartitionedSteps implements StepSource<byte[]> {
  @Override
  public boolean isOf(Record<byte[], byte[]> record, Bytes key) {
    return Arrays.equals(record.key(), key.get());
  }

  @Override
  public int hash(Record<byte[], byte[]> record) {
    return Arrays.hashCode(record.key());
  }

  @Override
  public Bytes key(Record<byte[], byte[]> record) {
    return Bytes.wrap(record.key());
  }

  @Override
  public RunStep step(Record<byte[], byte[]> record) {
    return PackedStep.unpack(record.value());
  }
}

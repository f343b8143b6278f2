package io.tokenmeter.streams.run;

import io.tokenmeter.domain.run.RunStep;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;

/** Reads steps from what the stage is given. */
interface StepSource<V> {
  /** Whether a record belongs to the run of a key. */
  boolean isOf(Record<byte[], V> record, Bytes key);

  /** The same number for all records of a run. */
  int hash(Record<byte[], V> record);

  /** Key of the run that a record belongs to: the run id in UTF-8. */
  Bytes key(Record<byte[], V> record);

  /** The step, good until the next call. */
  RunStep step(Record<byte[], V> record);
}

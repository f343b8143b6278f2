package io.tokenmeter.streams.run;

import io.tokenmeter.domain.run.RunStep;
import org.apache.kafka.common.utils.Bytes;

/** Reads steps from what the stage is given. */
interface StepSource<V> {
  /** Whether a value belongs to the run of a key. */
  boolean isOf(V value, Bytes key);

  /** Key of the run that a value belongs to: the run id in UTF-8. */
  Bytes key(V value);

  /** The step, good until the next call. */
  RunStep step(V value);
}

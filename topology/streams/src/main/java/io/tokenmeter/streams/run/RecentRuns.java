package io.tokenmeter.streams.run;

import java.util.Arrays;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The runs that steps came for since the last commit, as far as they do not share a slot: most
 * steps find theirs here, where a map would need a key made of each and more memory looked at.
 */
final class RecentRuns<V> {
  private static final int BITS = 10;

  private final StepSource<V> steps;
  private final @Nullable TrackedRun[] slots = new TrackedRun[1 << BITS];

  RecentRuns(StepSource<V> steps) {
    this.steps = steps;
  }

  /** The run that a record belongs to; null if it is not here. */
  @Nullable TrackedRun get(Record<byte[], V> record) {
    TrackedRun run = slots[slot(record)];
    return run != null && steps.isOf(record, run.key) ? run : null;
  }

  /** Puts the run of a record here. */
  void put(Record<byte[], V> record, TrackedRun run) {
    slots[slot(record)] = run;
  }

  /** Forgets all: the runs may be let go. */
  void clear() {
    Arrays.fill(slots, null);
  }

  private int slot(Record<byte[], V> record) {
    return steps.hash(record) * 0x9E3779B1 >>> Integer.SIZE - BITS;
  }
}

package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.rollup.RollupTotals;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Hands a task's detectors what is added to its windows, and tells them that time has gone on. */
final class DetectorFeed {
  private static final byte[] NO_KEY = new byte[0];

  private final ProcessorContext<byte[], Object> context;
  private final List<String> detectors;
  private final UsageChanges changes;
  private final TaskTime time;
  private long lastMillis;
  private long toldMicros = Long.MIN_VALUE;

  /**
   * A feed that has told nothing yet.
   *
   * @param detectors names of the stages
   * @param time the task's, which is saved with what is told
   */
  DetectorFeed(
      ProcessorContext<byte[], Object> context,
      List<String> detectors,
      UsageChanges changes,
      TaskTime time) {
    this.context = context;
    this.detectors = detectors;
    this.changes = changes;
    this.time = time;
  }

  /** When something was told last, milliseconds since the epoch; 0 for never. */
  long lastMillis() {
    return lastMillis;
  }

  /**
   * Tells what was added since the last time, by subject and minute.
   *
   * @param sums what was used
   * @param restated by how much the cost of past usage differs from what was told before
   */
  void tell(Map<Bytes, RollupTotals> sums, Map<Bytes, RollupTotals> restated) {
    lastMillis = context.currentSystemTimeMs();
    long nowMicros = time.nowMicros(lastMillis);
    if (nowMicros == toldMicros && sums.isEmpty() && restated.isEmpty()) {
      return; // neither has anything come nor time gone on
    }
    toldMicros = nowMicros;
    time.save();
    if (detectors.isEmpty() || nowMicros == Long.MIN_VALUE) {
      return; // nobody to tell, or nothing but runs that have closed
    }
    ChangedUsage changed = new ChangedUsage(nowMicros, changes.of(sums), changes.of(restated));
    for (String detector : detectors) {
      context.forward(new Record<>(NO_KEY, changed, lastMillis), detector);
    }
  }
}

package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.alert.StreamClock;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** How far a roll-up task is in event time, kept beside its windows. */
final class TaskTime {
  private static final int BYTES = 2 * Long.BYTES + 1;

  private final KeyValueStore<Bytes, byte[]> store;
  private long latestMinute = Long.MIN_VALUE;
  private StreamClock clock = new StreamClock();

  /** The time that is in the store, of a task that starts. */
  TaskTime(KeyValueStore<Bytes, byte[]> store, long wallMillis) {
    this.store = store;
    byte[] stored = store.get(WindowKey.STREAM_TIME);
    if (stored != null) {
      ByteBuffer in = ByteBuffer.wrap(stored);
      latestMinute = in.getLong();
      clock = new StreamClock(in.getLong(), in.get() == 1, micros(wallMillis));
    }
  }

  void sum(long minute) {
    latestMinute = Math.max(latestMinute, minute);
  }

  /** A bundle that arrived before a restart has been read again. */
  void restored(long bundleMicros) {
    if (bundleMicros > RollupBundle.RESTATEMENT) {
      clock.seen(bundleMicros);
    }
  }

  void bundle(long latestMicros, long wallMillis) {
    if (latestMicros > RollupBundle.RESTATEMENT) {
      clock.arrived(latestMicros, micros(wallMillis));
    }
  }

  /** The latest minute of a sum; {@link Long#MIN_VALUE} for none. */
  long latestMinute() {
    return latestMinute;
  }

  /** The time that detectors go by, microseconds since the epoch. */
  long nowMicros(long wallMillis) {
    return clock.now(micros(wallMillis));
  }

  void save() {
    ByteBuffer out = ByteBuffer.allocate(BYTES).putLong(latestMinute).putLong(clock.latestMicros());
    store.put(WindowKey.STREAM_TIME, out.put((byte) (clock.isLive() ? 1 : 0)).array());
  }

  private static long micros(long millis) {
    return Math.multiplyExact(millis, 1000L);
  }
}

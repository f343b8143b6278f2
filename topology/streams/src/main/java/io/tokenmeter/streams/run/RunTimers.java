package io.tokenmeter.streams.run;

import io.tokenmeter.domain.alert.StreamClock;
import io.tokenmeter.streams.avro.AvroBodyReader;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.avro.Slice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * When to look at which run, by minutes of event time, and the clock of a task.
 *
 * <p>Timers of one minute that are set between two commits are one entry of the store, so that they
 * cost next to nothing; what is due is at the front, so that nothing is ever scanned. A timer
 * cannot be taken back: whoever gets one asks the run whether it is the run's present one.
 */
final class RunTimers {
  /** Sorts behind all minutes. */
  private static final Bytes CLOCK = Bytes.wrap(new byte[] {(byte) 0xff});

  private static final int ENTRY_BYTES = 64 << 10;

  private final KeyValueStore<Bytes, byte[]> store;
  private final TreeMap<Long, List<Bytes>> unwritten = new TreeMap<>();
  private final AvroBodyWriter out = new AvroBodyWriter();
  private final StreamClock clock;
  private long nextNumber;
  private long storedMicros;
  private long firedBefore = Long.MIN_VALUE;

  RunTimers(KeyValueStore<Bytes, byte[]> store, long wallMicros) {
    this.store = store;
    byte[] stored = store.get(CLOCK);
    if (stored == null) {
      clock = new StreamClock();
    } else {
      ByteBuffer values = ByteBuffer.wrap(stored);
      nextNumber = values.getLong();
      clock = new StreamClock(values.getLong(), values.get() != 0, wallMicros);
    }
    storedMicros = clock.latestMicros();
  }

  /** The task's clock. */
  StreamClock clock() {
    return clock;
  }

  /**
   * Sets a timer.
   *
   * @return the minute it is set for: the one asked for, or the earliest that has not passed
   */
  long set(Bytes run, long wantedMinute) {
    long minute = Math.max(wantedMinute, firedBefore);
    unwritten.computeIfAbsent(minute, added -> new ArrayList<>()).add(run);
    return minute;
  }

  /**
   * Hands over runs whose timers are due, with the minute they were set for, the earliest first.
   *
   * @param beforeMinute timers of earlier minutes are due
   * @param atMost stops soon after so many
   */
  void fire(long beforeMinute, int atMost, ObjLongConsumer<Bytes> consumer) {
    if (beforeMinute <= firedBefore) {
      return;
    }
    NavigableMap<Long, List<Bytes>> dueUnwritten = unwritten.headMap(beforeMinute, false);
    dueUnwritten.forEach(this::write);
    dueUnwritten.clear();
    int fired = 0;
    try (KeyValueIterator<Bytes, byte[]> due =
        store.range(key(firedBefore, 0), key(beforeMinute, 0))) {
      while (due.hasNext() && fired < atMost) {
        KeyValue<Bytes, byte[]> entry = due.next();
        long minute = minute(entry.key);
        store.delete(entry.key);
        // Skips the tombstones of what was deleted before.
        firedBefore = minute;
        for (Bytes run : runs(entry.value)) {
          consumer.accept(run, minute);
          fired++;
        }
      }
      if (!due.hasNext()) {
        firedBefore = beforeMinute;
      }
    }
  }

  /** Writes the timers that were set, and the clock, to the store. */
  void writeBack() {
    unwritten.forEach(this::write);
    boolean ticked = clock.latestMicros() != storedMicros || !unwritten.isEmpty();
    unwritten.clear();
    if (ticked) {
      storedMicros = clock.latestMicros();
      ByteBuffer values = ByteBuffer.allocate(2 * Long.BYTES + 1).putLong(nextNumber);
      store.put(CLOCK, values.putLong(storedMicros).put((byte) (clock.isLive() ? 1 : 0)).array());
    }
  }

  private void write(long minute, List<Bytes> runs) {
    out.reset();
    for (Bytes run : runs) {
      out.writeBytes(run.get());
      if (out.size() > ENTRY_BYTES) {
        store.put(key(minute, nextNumber++), out.toByteArray());
        out.reset();
      }
    }
    if (out.size() > 0) {
      store.put(key(minute, nextNumber++), out.toByteArray());
    }
  }

  private static List<Bytes> runs(byte[] entry) {
    AvroBodyReader in = new AvroBodyReader();
    in.start(entry, 0, entry.length);
    List<Bytes> runs = new ArrayList<>();
    while (in.position() < entry.length) {
      long run = in.readSlice();
      int offset = Slice.offset(run);
      runs.add(Bytes.wrap(Arrays.copyOfRange(entry, offset, offset + Slice.length(run))));
    }
    return runs;
  }

  /** By minute, as unsigned bytes sort; all minutes begin with a byte below that of the clock. */
  private static Bytes key(long minute, long number) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + 2 * Long.BYTES)
            .put((byte) 0)
            .putLong(minute ^ Long.MIN_VALUE)
            .putLong(number)
            .array());
  }

  private static long minute(Bytes key) {
    return ByteBuffer.wrap(key.get()).getLong(1) ^ Long.MIN_VALUE;
  }
}

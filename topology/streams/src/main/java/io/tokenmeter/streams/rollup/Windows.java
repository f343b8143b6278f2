package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.rollup.RunSums;
import io.tokenmeter.domain.rollup.Window;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.streams.avro.AvroBodyWriter;
import io.tokenmeter.streams.state.StoredObjects;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The windows of a roll-up task: sums are added to them, and old ones are deleted. */
final class Windows {
  private static final int EXPIRED_AT_ONCE = 2000;

  private final KeyValueStore<Bytes, byte[]> store;
  private final StoredObjects<WindowState> states;
  private final WindowCalendar calendar;
  private final long[] expiredUpTo = new long[Window.values().length];

  /**
   * The windows in a store.
   *
   * @param cached how many are kept as objects
   */
  Windows(KeyValueStore<Bytes, byte[]> store, int cached, WindowCalendar calendar) {
    this.store = store;
    this.calendar = calendar;
    AvroBodyWriter out = new AvroBodyWriter();
    states = new StoredObjects<>(store, cached, WindowState::decode, state -> state.encode(out));
  }

  /** Adds sums, by subject and minute, to the windows that hold their minute. */
  void add(Map<Bytes, RollupTotals> sums) {
    Map<Long, long[]> startsByMinute = new HashMap<>();
    sums.forEach(
        (key, sum) -> {
          long[] starts = startsByMinute.computeIfAbsent(WindowKey.start(key), this::starts);
          byte[] subject = WindowKey.subject(key);
          for (Window window : Window.values()) {
            long start = starts[window.ordinal()];
            RollupTotals totals = states.change(WindowKey.of(window, start, subject)).totals;
            totals.add(sum);
            RunSums runs = totals.runs();
            if (runs != null) {
              runs.dearest().settle();
            }
          }
        });
  }

  /** Writes all changed windows to the store with their next revision, and hands them over. */
  void writeBack(BiConsumer<Bytes, WindowState> consumer) {
    states.writeBack(
        (key, state) -> {
          state.revision++;
          consumer.accept(key, state);
        });
  }

  /** Deletes some windows that ended before the oldest open minute, the oldest first. */
  void expire(long oldestOpenMinute) {
    for (Window window : Window.values()) {
      // The window that holds the oldest open minute stays.
      expire(window, calendar.start(window, oldestOpenMinute));
    }
  }

  private void expire(Window window, long keepFrom) {
    if (keepFrom <= expiredUpTo[window.ordinal()]) {
      return;
    }
    Bytes from = WindowKey.first(window, expiredUpTo[window.ordinal()]);
    int deleted = 0;
    try (KeyValueIterator<Bytes, byte[]> old =
        store.range(from, WindowKey.first(window, keepFrom))) {
      while (old.hasNext() && deleted < EXPIRED_AT_ONCE) {
        KeyValue<Bytes, byte[]> next = old.next();
        if (WindowKey.start(next.key) >= keepFrom) {
          break;
        }
        states.delete(next.key);
        // Skips the tombstones of what was deleted before.
        expiredUpTo[window.ordinal()] = WindowKey.start(next.key);
        deleted++;
      }
    }
    if (deleted < EXPIRED_AT_ONCE) {
      expiredUpTo[window.ordinal()] = keepFrom;
    }
  }

  /** Starts of the windows that hold a minute. */
  private long[] starts(long minute) {
    return Arrays.stream(Window.values())
        .mapToLong(window -> calendar.start(window, minute))
        .toArray();
  }
}

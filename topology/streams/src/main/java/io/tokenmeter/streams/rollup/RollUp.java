package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.rollup.Window;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.streams.Meters;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Adds partial sums to the minute, hour, day and month that they belong to, and writes the new
 * totals out at commit.
 *
 * <p>No sum is dropped for being late within the retention: its window is read back, corrected and
 * written out again with a higher revision. Retention is counted in event time from the latest
 * minute that this task has seen; what is older still is in costed-usage, is counted, and changes
 * no window.
 */
public final class RollUp implements Processor<Integer, byte[], byte[], byte[]> {
  /** Name of the stage. */
  public static final String NAME = "roll-up";

  private static final String WINDOWS = "roll-up-windows";
  private static final String CHANGED = "roll-up-changed";
  private static final int EXPIRED_PER_COMMIT = 2000;

  private final WindowCalendar calendar;
  private final long retentionMinutes;
  private final UsageRollupWriter writer;
  private final Meters meters;
  private final long[] expiredUpTo = new long[Window.values().length];
  private long latestMinute;
  private boolean latestMinuteChanged;
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> windows;
  private WindowStates states;

  @SuppressWarnings("NullAway.Init")
  private RollUp(
      WindowCalendar calendar, long retentionMinutes, UsageRollupWriter writer, Meters meters) {
    this.calendar = calendar;
    this.retentionMinutes = retentionMinutes;
    this.writer = writer;
    this.meters = meters;
  }

  /**
   * The stage.
   *
   * @param retentionMinutes how long windows stay open for late events, in event time
   * @param cachedWindows how many windows a task keeps as objects between commits
   * @param wireHeader what a UsageRollup record's value begins with, before the Avro body
   */
  public static ProcessorSupplier<Integer, byte[], byte[], byte[]> supplier(
      WindowCalendar calendar,
      long retentionMinutes,
      int cachedWindows,
      byte[] wireHeader,
      Meters meters) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<Integer, byte[], byte[], byte[]> get() {
        return new RollUp(
            calendar, retentionMinutes, new UsageRollupWriter(calendar, wireHeader), meters);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(WINDOWS), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of()),
            WindowStates.builder(CHANGED, cachedWindows));
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    windows = processorContext.getStateStore(WINDOWS);
    states = processorContext.getStateStore(CHANGED);
    states.onCommit(processorContext, this::commit);
    byte[] latest = windows.get(WindowKey.STREAM_TIME);
    latestMinute = latest == null ? Long.MIN_VALUE : ByteBuffer.wrap(latest).getLong();
  }

  @Override
  public void process(Record<Integer, byte[]> record) {
    RollupBundle.read(record.value(), this::add);
  }

  private void add(RollupBundle.Entry entry) {
    if (entry.minute() > latestMinute) {
      latestMinute = entry.minute();
      latestMinuteChanged = true;
    }
    if (entry.minute() < oldestOpenMinute()) {
      meters.beyondRetention(entry.delta().requests);
      return;
    }
    for (Window window : Window.values()) {
      long start = calendar.start(window, entry.minute());
      states
          .change(WindowKey.of(window, start, entry.subject()), windows)
          .totals
          .add(entry.delta());
    }
  }

  private void commit() {
    states.writeBack(
        windows,
        (key, state) ->
            context.forward(
                new Record<>(
                    writer.key(key), writer.value(key, state), context.currentSystemTimeMs())));
    if (latestMinuteChanged) {
      windows.put(
          WindowKey.STREAM_TIME, ByteBuffer.allocate(Long.BYTES).putLong(latestMinute).array());
      latestMinuteChanged = false;
    }
    for (Window window : Window.values()) {
      expire(window);
    }
  }

  private long oldestOpenMinute() {
    return latestMinute == Long.MIN_VALUE ? latestMinute : latestMinute - retentionMinutes;
  }

  /** Deletes some windows that ended before the oldest open minute, the oldest first. */
  private void expire(Window window) {
    if (latestMinute == Long.MIN_VALUE) {
      return;
    }
    // The window that holds the oldest open minute stays.
    long keepFrom = calendar.start(window, oldestOpenMinute());
    if (keepFrom <= expiredUpTo[window.ordinal()]) {
      return;
    }
    Bytes from = WindowKey.first(window, expiredUpTo[window.ordinal()]);
    int deleted = 0;
    try (KeyValueIterator<Bytes, byte[]> old =
        windows.range(from, WindowKey.first(window, keepFrom))) {
      while (old.hasNext() && deleted < EXPIRED_PER_COMMIT) {
        KeyValue<Bytes, byte[]> next = old.next();
        if (WindowKey.start(next.key) >= keepFrom) {
          break;
        }
        windows.delete(next.key);
        states.forget(next.key);
        // Skips the tombstones of what was deleted before.
        expiredUpTo[window.ordinal()] = WindowKey.start(next.key);
        deleted++;
      }
    }
    if (deleted < EXPIRED_PER_COMMIT) {
      expiredUpTo[window.ordinal()] = keepFrom;
    }
  }
}

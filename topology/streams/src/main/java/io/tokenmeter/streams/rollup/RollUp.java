package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.rollup.Window;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.streams.Meters;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
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
 * totals out every few seconds.
 *
 * <p>No sum is dropped for being late within the retention: its window is read back, corrected and
 * written out again with a higher revision. Retention is counted in event time from the latest
 * minute that this task had seen when it last wrote back: what comes together is of one time,
 * however sums and tasks mix it, so that a trace of a year is not late to itself. What is older
 * still is in costed-usage, is counted, and changes no window.
 *
 * <p>Between two write-backs the sums are in memory, and the bundles that brought them are in the
 * log of {@link PendingBundles}, committed with the offsets they came from.
 */
public final class RollUp implements Processor<Integer, byte[], byte[], byte[]> {
  /** Name of the stage. */
  public static final String NAME = "roll-up";

  /**
   * How windows are kept.
   *
   * @param emitInterval how often changed windows are written out; zero: at every commit
   * @param retention how long windows stay open for late events, in event time
   * @param cachedWindows how many windows a task keeps as objects
   */
  public record Keeping(Duration emitInterval, Duration retention, int cachedWindows) {}

  private static final String WINDOWS = "roll-up-windows";
  private static final String PENDING = "roll-up-pending";
  private static final int EXPIRED_AT_ONCE = 2000;
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  private final WindowCalendar calendar;
  private final Keeping keeping;
  private final long retentionMinutes;
  private final UsageRollupWriter writer;
  private final LastWriteBack lastWriteBack;
  private final Meters meters;
  private final long[] expiredUpTo = new long[Window.values().length];
  private long latestMinute;
  private long oldestOpenMinute;
  private long lastWriteBackMillis;
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> windows;
  private WindowStates states;
  private PendingBundles pending;

  /** What is to be added to windows, by subject and minute, since they were last written back. */
  private final Map<Bytes, RollupTotals> sums = new HashMap<>();

  @SuppressWarnings("NullAway.Init")
  private RollUp(
      WindowCalendar calendar,
      Keeping keeping,
      UsageRollupWriter writer,
      LastWriteBack lastWriteBack,
      Meters meters) {
    this.lastWriteBack = lastWriteBack;
    this.calendar = calendar;
    this.keeping = keeping;
    this.retentionMinutes = keeping.retention().toMinutes();
    this.writer = writer;
    this.meters = meters;
  }

  /**
   * The stage.
   *
   * @param wireHeader what a UsageRollup record's value begins with, before the Avro body
   * @param lastWriteBack asks for everything to be written out before the application stops
   */
  public static ProcessorSupplier<Integer, byte[], byte[], byte[]> supplier(
      WindowCalendar calendar,
      Keeping keeping,
      byte[] wireHeader,
      LastWriteBack lastWriteBack,
      Meters meters) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<Integer, byte[], byte[], byte[]> get() {
        return new RollUp(
            calendar, keeping, new UsageRollupWriter(calendar, wireHeader), lastWriteBack, meters);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        // In this order, as topology.txt has them.
        Set<StoreBuilder<?>> stores = new LinkedHashSet<>();
        stores.add(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(WINDOWS), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of()));
        stores.add(PendingBundles.builder(PENDING));
        return stores;
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    // A task that failed is set up again with the same processor.
    sums.clear();
    Arrays.fill(expiredUpTo, 0);
    windows = processorContext.getStateStore(WINDOWS);
    states = new WindowStates(windows, keeping.cachedWindows());
    byte[] latest = windows.get(WindowKey.STREAM_TIME);
    latestMinute = latest == null ? Long.MIN_VALUE : ByteBuffer.wrap(latest).getLong();
    oldestOpenMinute = latest == null ? Long.MIN_VALUE : latestMinute - retentionMinutes;
    pending = processorContext.getStateStore(PENDING);
    pending.all().forEach(bundle -> RollupBundle.read(bundle, this::add));
    pending.onCommit(processorContext, this::writeBackIfDue);
    // Without it, the last totals before a pause would wait for the first event after it.
    processorContext.schedule(
        LOOK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> writeBackIfDue());
    if (!pending.isEmpty()) {
      lastWriteBack.isPending(this);
    }
  }

  @Override
  public void process(Record<Integer, byte[]> record) {
    pending.add(record.value());
    lastWriteBack.isPending(this);
    RollupBundle.read(record.value(), this::add);
    if (sums.size() > keeping.cachedWindows()) {
      writeBack();
    }
  }

  private void add(RollupBundle.Entry entry) {
    latestMinute = Math.max(latestMinute, entry.minute());
    if (entry.minute() < oldestOpenMinute) {
      meters.beyondRetention(entry.delta().requests);
      return;
    }
    sums.merge(
        WindowKey.of(Window.MINUTE, entry.minute(), entry.subject()),
        entry.delta(),
        (sum, delta) -> {
          sum.add(delta);
          return sum;
        });
  }

  @Override
  public void close() {
    lastWriteBack.isDone(this);
  }

  private void writeBackIfDue() {
    long since = context.currentSystemTimeMs() - lastWriteBackMillis;
    boolean due = since >= keeping.emitInterval().toMillis() || lastWriteBack.isRequested();
    if (due && !pending.isEmpty()) {
      writeBack();
      closeOldWindows();
    }
  }

  private void writeBack() {
    lastWriteBackMillis = context.currentSystemTimeMs();
    Map<Long, long[]> startsByMinute = new HashMap<>();
    sums.forEach(
        (key, sum) -> {
          long[] starts = startsByMinute.computeIfAbsent(WindowKey.start(key), this::starts);
          byte[] subject = WindowKey.subject(key);
          for (Window window : Window.values()) {
            long start = starts[window.ordinal()];
            states.change(WindowKey.of(window, start, subject)).totals.add(sum);
          }
        });
    sums.clear();
    states.writeBack(
        (key, state) ->
            context.forward(
                new Record<>(writer.key(key), writer.value(key, state), lastWriteBackMillis)));
    pending.writtenBack();
    lastWriteBack.isDone(this);
  }

  private void closeOldWindows() {
    oldestOpenMinute = latestMinute - retentionMinutes;
    windows.put(
        WindowKey.STREAM_TIME, ByteBuffer.allocate(Long.BYTES).putLong(latestMinute).array());
    for (Window window : Window.values()) {
      expire(window);
    }
  }

  /** Starts of the windows that hold a minute. */
  private long[] starts(long minute) {
    return Arrays.stream(Window.values())
        .mapToLong(window -> calendar.start(window, minute))
        .toArray();
  }

  /** Deletes some windows that ended before the oldest open minute, the oldest first. */
  private void expire(Window window) {
    // The window that holds the oldest open minute stays.
    long keepFrom = calendar.start(window, oldestOpenMinute);
    if (keepFrom <= expiredUpTo[window.ordinal()]) {
      return;
    }
    Bytes from = WindowKey.first(window, expiredUpTo[window.ordinal()]);
    int deleted = 0;
    try (KeyValueIterator<Bytes, byte[]> old =
        windows.range(from, WindowKey.first(window, keepFrom))) {
      while (old.hasNext() && deleted < EXPIRED_AT_ONCE) {
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
    if (deleted < EXPIRED_AT_ONCE) {
      expiredUpTo[window.ordinal()] = keepFrom;
    }
  }
}

package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.rollup.Window;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.streams.Meters;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
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
 *
 * <p>Each write-back also hands the sums to the detectors, so that they see every difference once,
 * and tells them the task's time; so does every interval in which nothing came.
 */
public final class RollUp implements Processor<Integer, byte[], byte[], Object> {
  /** Name of the stage. */
  public static final String NAME = "roll-up";

  /** Name of the store of windows, for {@link RolledUpSpend}. */
  public static final String WINDOWS = "roll-up-windows";

  /**
   * How windows are kept.
   *
   * @param emitInterval how often changed windows are written out; zero: at every commit
   * @param retention how long windows stay open for late events, in event time
   * @param cachedWindows how many windows a task keeps as objects
   */
  public record Keeping(Duration emitInterval, Duration retention, int cachedWindows) {}

  /**
   * Names of the children that get the stage's output, of two kinds.
   *
   * @param rollups the sink that gets the UsageRollup records
   * @param detectors the stages that get the {@link ChangedUsage}
   * @param dimensions of the roll-ups
   */
  public record Outputs(String rollups, List<String> detectors, List<Dimension> dimensions) {}

  private static final String PENDING = "roll-up-pending";
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  private final WindowCalendar calendar;
  private final Keeping keeping;
  private final UsageRollupWriter writer;
  private final Outputs outputs;
  private final UsageChanges changes;
  private final LastWriteBack lastWriteBack;
  private final Meters meters;
  private long oldestOpenMinute;
  private long lastWriteBackMillis;

  private ProcessorContext<byte[], Object> context;
  private TaskTime time;
  private Windows windows;
  private PendingBundles pending;
  private DetectorFeed detectors;

  /** What is to be added to windows, by subject and minute, since they were last written back. */
  private final Map<Bytes, RollupTotals> sums = new HashMap<>();

  /** The same, of sums that only restate what past usage costs. */
  private final Map<Bytes, RollupTotals> restated = new HashMap<>();

  @SuppressWarnings("NullAway.Init")
  private RollUp(
      WindowCalendar calendar,
      Keeping keeping,
      UsageRollupWriter writer,
      Outputs outputs,
      LastWriteBack lastWriteBack,
      Meters meters) {
    this.calendar = calendar;
    this.keeping = keeping;
    this.writer = writer;
    this.outputs = outputs;
    changes = new UsageChanges(outputs.dimensions());
    this.lastWriteBack = lastWriteBack;
    this.meters = meters;
  }

  /**
   * The stage.
   *
   * @param wireHeader what a UsageRollup record's value begins with, before the Avro body
   * @param outputs who gets what
   * @param lastWriteBack asks for everything to be written out before the application stops
   */
  public static ProcessorSupplier<Integer, byte[], byte[], Object> supplier(
      WindowCalendar calendar,
      Keeping keeping,
      byte[] wireHeader,
      Outputs outputs,
      LastWriteBack lastWriteBack,
      Meters meters) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<Integer, byte[], byte[], Object> get() {
        UsageRollupWriter writer = new UsageRollupWriter(calendar, wireHeader);
        return new RollUp(calendar, keeping, writer, outputs, lastWriteBack, meters);
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
  public void init(ProcessorContext<byte[], Object> processorContext) {
    context = processorContext;
    // A task that failed is set up again with the same processor.
    sums.clear();
    restated.clear();
    lastWriteBackMillis = 0;
    KeyValueStore<Bytes, byte[]> store = processorContext.getStateStore(WINDOWS);
    windows = new Windows(store, keeping.cachedWindows(), calendar);
    time = new TaskTime(store, processorContext.currentSystemTimeMs());
    detectors = new DetectorFeed(processorContext, outputs.detectors(), changes, time);
    oldestOpenMinute = oldestOpenMinute();
    pending = processorContext.getStateStore(PENDING);
    pending.all().forEach(bundle -> time.restored(read(bundle)));
    pending.onCommit(processorContext, this::writeBackIfDue);
    // Without it, the last totals before a pause would wait for the first event after it.
    processorContext.schedule(LOOK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> look());
    if (!pending.isEmpty()) {
      lastWriteBack.isPending(this);
    }
  }

  @Override
  public void process(Record<Integer, byte[]> record) {
    pending.add(record.value());
    lastWriteBack.isPending(this);
    time.bundle(read(record.value()), context.currentSystemTimeMs());
    if (sums.size() + restated.size() > keeping.cachedWindows()) {
      writeBack();
    }
  }

  private long read(byte[] bundle) {
    return RollupBundle.isRestatement(bundle)
        ? RollupBundle.read(bundle, this::restate)
        : RollupBundle.read(bundle, this::add);
  }

  private void add(RollupBundle.Entry entry) {
    time.sum(entry.minute());
    if (entry.minute() < oldestOpenMinute) {
      meters.beyondRetention(entry.delta().requests);
    } else {
      add(entry, sums);
    }
  }

  private void restate(RollupBundle.Entry entry) {
    if (entry.minute() < oldestOpenMinute) {
      meters.restatementBeyondRetention();
    } else {
      add(entry, restated);
    }
  }

  private static void add(RollupBundle.Entry entry, Map<Bytes, RollupTotals> sums) {
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
    if (!pending.isEmpty() && (isDue(lastWriteBackMillis) || lastWriteBack.isRequested())) {
      writeBack();
      oldestOpenMinute = oldestOpenMinute();
      windows.expire(oldestOpenMinute);
    }
  }

  /** Writes back, or tells the detectors at least that time has gone on. */
  private void look() {
    writeBackIfDue();
    if (pending.isEmpty() && isDue(detectors.lastMillis())) {
      detectors.tell(sums, restated);
    }
  }

  private boolean isDue(long lastMillis) {
    return context.currentSystemTimeMs() - lastMillis >= keeping.emitInterval().toMillis();
  }

  private void writeBack() {
    lastWriteBackMillis = context.currentSystemTimeMs();
    windows.add(sums);
    windows.add(restated);
    windows.writeBack(this::emit);
    detectors.tell(sums, restated);
    sums.clear();
    restated.clear();
    pending.writtenBack();
    lastWriteBack.isDone(this);
  }

  private void emit(Bytes key, WindowState state) {
    context.forward(
        new Record<>(writer.key(key), writer.value(key, state), lastWriteBackMillis),
        outputs.rollups());
  }

  private long oldestOpenMinute() {
    return time.latestMinute() == Long.MIN_VALUE
        ? Long.MIN_VALUE
        : time.latestMinute() - keeping.retention().toMinutes();
  }
}

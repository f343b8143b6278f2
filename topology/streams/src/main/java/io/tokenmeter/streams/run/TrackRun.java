package io.tokenmeter.streams.run;

import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.run.RunState;
import io.tokenmeter.domain.run.RunStep;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.rollup.LastWriteBack;
import io.tokenmeter.streams.usage.MeteredEvent;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Adds the steps of each run up, and writes the run out every few seconds while it changes, and
 * when it closes.
 *
 * <p>A run closes some time after its last step, in event time or by the wall clock while the
 * stream is live, or when the span that is the run itself has come. A step that comes later opens
 * it again. A step that is older than the retention, of a run that is no longer known, is counted
 * and changes no run: the run's record would start again from there.
 */
public final class TrackRun<V> implements Processor<byte[], V, Object, byte[]> {
  /** Name of the stage. */
  public static final String NAME = "track-run";

  /** Name of the store of runs: run id in UTF-8 to {@link RunState#encode}. */
  public static final String RUNS = "track-run-runs";

  private static final String TIMERS = "track-run-timers";
  private static final String CHANGES = "track-run-changes";
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);

  /**
   * Names of the stages that get what comes out.
   *
   * @param runs gets the records of runs
   * @param sums gets sums for the roll-ups; the key is the partition that they belong to
   * @param findings gets what is found of runaways
   */
  public record Outputs(String runs, String sums, String findings) {}

  private final StepSource<V> steps;
  private final RecentRuns<V> recent;
  private final RunFollowing following;
  private final Surroundings surroundings;
  private ProcessorContext<Object, byte[]> context;
  private RunStates runs;
  private RunTimes times;
  private RunRecords records;
  private RunChanges changes;
  private long lastTurnMillis;

  @SuppressWarnings("NullAway.Init")
  private TrackRun(StepSource<V> steps, RunFollowing following, Surroundings surroundings) {
    this.steps = steps;
    this.following = following;
    this.surroundings = surroundings;
    recent = new RecentRuns<>(steps);
  }

  /**
   * What the stage works with, besides the steps.
   *
   * @param wireHeader what a WorkflowRun record's value begins with, before the Avro body
   * @param lastWriteBack asks for everything to be written out before the application stops
   * @param policies gives the detectors' policies as they are now; null if nobody watches
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Surroundings(
      byte[] wireHeader,
      LastWriteBack lastWriteBack,
      @Nullable Supplier<DetectorPolicies> policies,
      Meters meters,
      Outputs outputs) {}

  /** The stage as a child of the one that costs events: a run's events share a partition. */
  public static ProcessorSupplier<byte[], MeteredEvent, Object, byte[]> ofEvents(
      RunFollowing following, Surroundings surroundings) {
    return supplier(() -> new TrackRun<>(new EventSteps(), following, surroundings));
  }

  /** The stage behind {@link PackRunStep}, for events of a run that are in any partition. */
  public static ProcessorSupplier<byte[], byte[], Object, byte[]> ofPackedSteps(
      RunFollowing following, Surroundings surroundings) {
    return supplier(() -> new TrackRun<>(new RepartitionedSteps(), following, surroundings));
  }

  private static <V> ProcessorSupplier<byte[], V, Object, byte[]> supplier(
      Supplier<TrackRun<V>> stages) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], V, Object, byte[]> get() {
        return stages.get();
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        // In this order, as topology.txt has them.
        Set<StoreBuilder<?>> stores = new LinkedHashSet<>();
        for (String name : new String[] {RUNS, TIMERS}) {
          stores.add(
              Stores.keyValueStoreBuilder(
                      Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                  .withCachingDisabled()
                  .withLoggingEnabled(Map.of()));
        }
        stores.add(RunChanges.builder(CHANGES));
        return stores;
      }
    };
  }

  @Override
  public void init(ProcessorContext<Object, byte[]> processorContext) {
    context = processorContext;
    // A task that failed is set up again with the same processor.
    recent.clear();
    lastTurnMillis = 0;
    runs = new RunStates(processorContext.getStateStore(RUNS), following.cachedRuns());
    RunTimers timers =
        new RunTimers(
            processorContext.getStateStore(TIMERS), processorContext.currentSystemTimeMs());
    times = new RunTimes(timers, runs, following, processorContext::currentSystemTimeMs);
    records = new RunRecords(processorContext, times, runs, following, surroundings);
    changes = processorContext.getStateStore(CHANGES);
    changes.onCommit(processorContext, this::commit);
    changes.runs().forEach(this::takeUp);
    runs.drainNewlyUnwritten(); // they are in the log already
    // Runs close and are written out although nothing arrives.
    processorContext.schedule(LOOK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> look());
  }

  @Override
  public void process(Record<byte[], V> record) {
    RunStep step = steps.step(record);
    TrackedRun run = run(record, step);
    if (run == null) {
      surroundings.meters().stepBeyondRetention();
      return;
    }
    run.state.add(step);
    if (!step.correction()) {
      times.arrived(step);
    }
    // A run that is over stays closed when a step is corrected: nothing more is to come of it.
    if (!step.correction() || !run.state.life().isClosed()) {
      times.expectMore(run);
    }
    if (runs.allWritten()) {
      surroundings.lastWriteBack().isPending(this);
    }
    runs.changeForReaders(run);
    if (runs.isOverfull()) {
      commit();
    }
  }

  /** Takes up a run that was not written out when the task stopped. */
  private void takeUp(Bytes key) {
    TrackedRun run = runs.find(key);
    if (run != null) {
      runs.changeForReaders(run);
      surroundings.lastWriteBack().isPending(this);
    }
  }

  /** The run of a step; null if the step comes too late for it. */
  private @Nullable TrackedRun run(Record<byte[], V> record, RunStep step) {
    TrackedRun run = recent.get(record);
    if (run == null) {
      run = find(steps.key(record), step);
      if (run != null) {
        recent.put(record, run);
      }
    }
    return run;
  }

  private @Nullable TrackedRun find(Bytes key, RunStep step) {
    TrackedRun run = runs.find(key);
    return run == null && times.mayBegin(step) ? runs.begin(key) : run;
  }

  private void look() {
    takeTurn();
    times.look(records::write);
  }

  /** Writes out what has changed, if it is time. */
  private void takeTurn() {
    long millis = context.currentSystemTimeMs();
    boolean due = millis - lastTurnMillis >= following.emitInterval().toMillis();
    if ((due || surroundings.lastWriteBack().isRequested()) && !runs.allWritten()) {
      lastTurnMillis = millis;
      runs.drainUnwritten(records::write);
      surroundings.lastWriteBack().isDone(this);
    }
  }

  private void commit() {
    takeTurn();
    runs.writeBack(records::write, records::judge);
    recent.clear();
    records.drainStatistics();
    times.writeBack();
    List<Bytes> unwritten = runs.drainNewlyUnwritten();
    if (runs.allWritten()) {
      changes.allWritten();
    } else {
      changes.add(unwritten);
    }
  }

  @Override
  public void close() {
    surroundings.lastWriteBack().isDone(this);
  }
}

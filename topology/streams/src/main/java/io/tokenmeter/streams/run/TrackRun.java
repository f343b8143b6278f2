package io.tokenmeter.streams.run;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.FindingCodec;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.domain.run.CountedRun;
import io.tokenmeter.domain.run.RunLife;
import io.tokenmeter.domain.run.RunState;
import io.tokenmeter.domain.run.RunStep;
import io.tokenmeter.streams.Meters;
import io.tokenmeter.streams.rollup.LastWriteBack;
import io.tokenmeter.streams.usage.MeteredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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
  private static final int FIRED_AT_ONCE = 5000;

  /**
   * How runs are followed.
   *
   * @param emitInterval how often a run that changes is written out; zero: at every commit
   * @param inactivity how long after its last step a run closes
   * @param retention how long after its last step a run can still change
   * @param cachedRuns how many runs a task keeps as objects
   * @param successes outcomes that are a success
   * @param sumPartitions partitions of the topic that sums for the roll-ups go to; 0 if runs are
   *     not in the roll-ups
   */
  public record Following(
      Duration emitInterval,
      Duration inactivity,
      Duration retention,
      int cachedRuns,
      Set<String> successes,
      int sumPartitions) {}

  /**
   * Names of the stages that get what comes out.
   *
   * @param runs gets the records of runs
   * @param sums gets sums for the roll-ups; the key is the partition that they belong to
   * @param findings gets what is found of runaways
   */
  public record Outputs(String runs, String sums, String findings) {}

  private final StepSource<V> steps;
  private final Following following;
  private final Outputs outputs;
  private final LastWriteBack lastWriteBack;
  private final Meters meters;
  private final WorkflowRunWriter writer;
  private final RunStatistics statistics;
  private final RunawayWatch runaways;
  private ProcessorContext<Object, byte[]> context;
  private RunStates runs;
  private RunTimers timers;
  private RunChanges changes;
  private long lastTurnMillis;

  /** The run of the last step, which is often that of the next one; null after a commit. */
  private @Nullable TrackedRun last;

  @SuppressWarnings("NullAway.Init")
  private TrackRun(StepSource<V> steps, Following following, Surroundings surroundings) {
    this.steps = steps;
    this.following = following;
    outputs = surroundings.outputs();
    lastWriteBack = surroundings.lastWriteBack();
    meters = surroundings.meters();
    writer = new WorkflowRunWriter(surroundings.wireHeader());
    statistics = new RunStatistics(following.sumPartitions());
    runaways = new RunawayWatch(surroundings.policies());
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
      Following following, Surroundings surroundings) {
    return supplier(() -> new TrackRun<>(new EventSteps(), following, surroundings));
  }

  /** The stage behind {@link PackRunStep}, for events of a run that are in any partition. */
  public static ProcessorSupplier<byte[], byte[], Object, byte[]> ofPackedSteps(
      Following following, Surroundings surroundings) {
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
    last = null;
    lastTurnMillis = 0;
    statistics.clear();
    runs = new RunStates(processorContext.getStateStore(RUNS), following.cachedRuns());
    timers =
        new RunTimers(
            processorContext.getStateStore(TIMERS), processorContext.currentSystemTimeMs());
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
      meters.stepBeyondRetention();
      return;
    }
    run.state.add(step);
    if (!step.correction()) {
      timers.clock().arrived(step.occurredAtMicros(), 1000 * context.currentSystemTimeMs());
    }
    // A run that is over stays closed when a step is corrected: nothing more is to come of it.
    if (!step.correction() || !run.state.life().isClosed()) {
      expectMore(run);
    }
    if (runs.allWritten()) {
      lastWriteBack.isPending(this);
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
      lastWriteBack.isPending(this);
    }
  }

  /** The run of a step; null if the step comes too late for it. */
  private @Nullable TrackedRun run(Record<byte[], V> record, RunStep step) {
    TrackedRun run = last;
    if (run == null || !steps.isOf(record, run.key)) {
      Bytes key = steps.key(record);
      run = runs.find(key);
      if (run == null) {
        run = mayBegin(step) ? runs.begin(key) : null;
      }
      last = run;
    }
    return run;
  }

  private boolean mayBegin(RunStep step) {
    long latest = timers.clock().latestMicros();
    return !step.correction()
        && (latest == Long.MIN_VALUE
            || step.occurredAtMicros() >= latest - micros(following.retention()));
  }

  /** Sees to it that a run which has got a step closes some time. */
  private void expectMore(TrackedRun run) {
    RunLife life = run.state.life();
    if (life.isClosed() || life.timerMinute() == Long.MIN_VALUE) {
      life.reopen();
      // Not at once, for a run that is over by now: it has its turn with the others first.
      long next = WindowCalendar.minuteOf(timers.clock().latestMicros()) + 1;
      setTimer(run, Math.max(next, inactiveFrom(run)));
    }
  }

  private long inactiveFrom(TrackedRun run) {
    return WindowCalendar.minuteOf(run.state.lastEndMicros() + micros(following.inactivity()));
  }

  private void setTimer(TrackedRun run, long minute) {
    run.state.life().timerMinute(timers.set(run.key, minute));
    runs.change(run);
  }

  private void look() {
    takeTurn();
    long now = now();
    if (now != Long.MIN_VALUE) {
      timers.fire(WindowCalendar.minuteOf(now), FIRED_AT_ONCE, this::onTimer);
    }
  }

  /** Writes out what has changed, if it is time. */
  private void takeTurn() {
    long millis = context.currentSystemTimeMs();
    boolean due = millis - lastTurnMillis >= following.emitInterval().toMillis();
    if ((due || lastWriteBack.isRequested()) && !runs.allWritten()) {
      lastTurnMillis = millis;
      runs.drainUnwritten(this::write);
      lastWriteBack.isDone(this);
    }
  }

  private void onTimer(Bytes key, long minute) {
    TrackedRun run = runs.find(key);
    if (run == null || run.state.life().timerMinute() != minute) {
      return; // another timer was set since
    }
    if (run.state.life().isClosed()) {
      forget(run);
    } else if (isOver(run)) {
      write(run);
    } else {
      setTimer(run, inactiveFrom(run));
    }
  }

  private void forget(TrackedRun run) {
    boolean inUse = run.changed || run.unwritten || run == last;
    if (inUse || now() < run.state.lastEndMicros() + micros(following.retention())) {
      setTimer(run, forgottenFrom(run));
    } else {
      runs.forget(run);
    }
  }

  private long forgottenFrom(TrackedRun run) {
    long end = WindowCalendar.minuteOf(run.state.lastEndMicros() + micros(following.retention()));
    return Math.max(end, WindowCalendar.minuteOf(now())) + 1;
  }

  private boolean isOver(TrackedRun run) {
    return run.state.hasEnded()
        || now() >= run.state.lastEndMicros() + micros(following.inactivity());
  }

  /** Writes a run out, closed if it is over. */
  private void write(TrackedRun run) {
    RunLife life = run.state.life();
    if (life.isClosed()) {
      count(run); // a step was corrected since
    } else if (isOver(run)) {
      close(run);
    }
    life.nextRevision();
    runs.change(run);
    run.unwritten = false;
    byte[] value = writer.value(run.id(), run.state);
    context.forward(
        new Record<>(run.key.get(), value, context.currentSystemTimeMs()), outputs.runs());
  }

  private void close(TrackedRun run) {
    count(run);
    report(runaways.end(run, now()));
    setTimer(run, forgottenFrom(run));
  }

  /** Lets a run that is over count in its workflow's statistics as it is now. */
  private void count(TrackedRun run) {
    RunLife life = run.state.life();
    CountedRun counts = run.state.counts(following.successes());
    if (following.sumPartitions() > 0) {
      statistics.count(life.counted(), counts);
    }
    life.close(counts);
  }

  private void commit() {
    takeTurn();
    runs.writeBack(this::write, this::judge);
    long millis = context.currentSystemTimeMs();
    statistics.drain(
        (partition, sums) ->
            context.forward(new Record<>(partition, sums, millis), outputs.sums()));
    timers.writeBack();
    List<Bytes> unwritten = runs.drainNewlyUnwritten();
    if (runs.allWritten()) {
      changes.allWritten();
    } else {
      changes.add(unwritten);
    }
    last = null;
  }

  private void judge(TrackedRun run) {
    report(runaways.judge(run, now()));
  }

  private void report(@Nullable Finding finding) {
    if (finding != null) {
      meters.finding(finding.detector());
      context.forward(
          new Record<>(
              finding.subject().toString().getBytes(StandardCharsets.UTF_8),
              FindingCodec.encode(finding),
              context.currentSystemTimeMs()),
          outputs.findings());
    }
  }

  /** Event time, or the wall clock while the stream is live, microseconds since the epoch. */
  private long now() {
    return timers.clock().now(1000 * context.currentSystemTimeMs());
  }

  private static long micros(Duration duration) {
    return TimeUnit.MILLISECONDS.toMicros(duration.toMillis());
  }

  @Override
  public void close() {
    lastWriteBack.isDone(this);
  }
}

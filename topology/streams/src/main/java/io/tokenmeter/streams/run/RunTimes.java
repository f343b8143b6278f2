package io.tokenmeter.streams.run;

import io.tokenmeter.domain.rollup.WindowCalendar;
import io.tokenmeter.domain.run.RunLife;
import io.tokenmeter.domain.run.RunStep;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When the runs of a task are over, and when they are forgotten.
 *
 * <p>Time is event time, or the wall clock while the stream is live. Microseconds since the epoch
 * unless said otherwise.
 */
final class RunTimes {
  private static final int FIRED_AT_ONCE = 5000;

  private final RunTimers timers;
  private final RunStates runs;
  private final long inactivity;
  private final long retention;
  private final LongSupplier wallMillis;

  RunTimes(RunTimers timers, RunStates runs, RunFollowing following, LongSupplier wallMillis) {
    this.timers = timers;
    this.runs = runs;
    inactivity = micros(following.inactivity());
    retention = micros(following.retention());
    this.wallMillis = wallMillis;
  }

  long now() {
    return timers.clock().now(1000 * wallMillis.getAsLong());
  }

  /** Tells the time of a step that has come. */
  void arrived(RunStep step) {
    timers.clock().arrived(step.occurredAtMicros(), 1000 * wallMillis.getAsLong());
  }

  /** Whether a run can begin with a step: not if it may have been forgotten by now. */
  boolean mayBegin(RunStep step) {
    long latest = timers.clock().latestMicros();
    return !step.correction()
        && (latest == Long.MIN_VALUE || step.occurredAtMicros() >= latest - retention);
  }

  /** Sees to it that a run which has got a step closes some time. */
  void expectMore(TrackedRun run) {
    RunLife life = run.state.life();
    if (life.isClosed() || life.timerMinute() == Long.MIN_VALUE) {
      life.reopen();
      // Not at once, for a run that is over by now: it has its turn with the others first.
      long next = WindowCalendar.minuteOf(timers.clock().latestMicros()) + 1;
      setTimer(run, Math.max(next, inactiveFrom(run)));
    }
  }

  /** Whether nothing more is expected of a run. */
  boolean isOver(TrackedRun run) {
    return run.state.hasEnded() || now() >= run.state.lastEndMicros() + inactivity;
  }

  /** Sees to it that a run which has closed is forgotten some time. */
  void expectNoMore(TrackedRun run) {
    long end = WindowCalendar.minuteOf(run.state.lastEndMicros() + retention);
    setTimer(run, Math.max(end, WindowCalendar.minuteOf(now())) + 1);
  }

  /** Forgets runs whose time has come, and hands over those that are over. */
  void look(Consumer<TrackedRun> over) {
    long now = now();
    if (now != Long.MIN_VALUE) {
      timers.fire(
          WindowCalendar.minuteOf(now),
          FIRED_AT_ONCE,
          (key, minute) -> look(runs.find(key), minute, over));
    }
  }

  private void look(@Nullable TrackedRun run, long minute, Consumer<TrackedRun> over) {
    if (run == null || run.state.life().timerMinute() != minute) {
      return; // another timer was set since
    }
    if (run.state.life().isClosed()) {
      forget(run);
    } else if (isOver(run)) {
      over.accept(run);
    } else {
      setTimer(run, inactiveFrom(run));
    }
  }

  private void forget(TrackedRun run) {
    boolean inUse = run.changed || run.unwritten;
    if (inUse || now() < run.state.lastEndMicros() + retention) {
      expectNoMore(run);
    } else {
      runs.forget(run);
    }
  }

  private long inactiveFrom(TrackedRun run) {
    return WindowCalendar.minuteOf(run.state.lastEndMicros() + inactivity);
  }

  private void setTimer(TrackedRun run, long minute) {
    run.state.life().timerMinute(timers.set(run.key, minute));
    runs.change(run);
  }

  /** Writes the timers that were set to their store. */
  void writeBack() {
    timers.writeBack();
  }

  private static long micros(Duration duration) {
    return TimeUnit.MILLISECONDS.toMicros(duration.toMillis());
  }
}

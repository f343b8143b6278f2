package io.tokenmeter.domain.run;

import io.tokenmeter.domain.rollup.WindowCalendar;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one run: what its steps add up to, and where it is in its life.
 *
 * <p>Its size is bounded whatever the run does: below 64 KiB when encoded, and a step is added in
 * constant time. Totals are exact and do not depend on the order of the steps; the parts say where
 * their own bound is. A run of few steps keeps them as they are. Not thread-safe.
 */
public final class RunState {
  private static final byte LAYOUT = 3;
  private static final long NEVER = Long.MIN_VALUE;

  private final RunLife life;
  private final StepTotals totals;
  private final ChosenText workflow;
  private final ChosenText outcome;

  /** The steps, as long as there are few; else null. */
  private @Nullable StepLog log;

  /** What the steps are made of, once there are too many to keep them; else null. */
  private @Nullable RunDetails details;

  private long spans;
  private long firstMicros = Long.MAX_VALUE;
  private long lastMicros = NEVER;
  private long lastEndMicros = NEVER;
  private long endedMicros = NEVER;

  /** The state of a run without steps. */
  public RunState() {
    life = new RunLife();
    totals = new StepTotals();
    workflow = new ChosenText();
    outcome = new ChosenText();
    log = new StepLog();
  }

  private RunState(StateReader in) {
    life = RunLife.decode(in);
    totals = StepTotals.decode(in);
    workflow = ChosenText.decode(in);
    outcome = ChosenText.decode(in);
    if (in.flag()) {
      log = StepLog.decode(in);
    } else {
      details = RunDetails.decode(in);
    }
    spans = in.number();
    firstMicros = in.number();
    lastMicros = in.number();
    lastEndMicros = in.number();
    endedMicros = in.number();
  }

  /** Adds a step, a span, or the correction of a step. */
  public void add(RunStep step) {
    if (!step.correction()) {
      addStructure(step);
    }
    addDetails(step);
    if (step.span()) {
      spans++;
    } else {
      totals.add(step);
    }
  }

  private void addDetails(RunStep step) {
    if (log != null && !log.isFull()) {
      log.add(step);
      return;
    }
    if (log != null) {
      details = log.details();
      log = null;
    }
    Objects.requireNonNull(details).add(step);
  }

  private void addStructure(RunStep step) {
    long began = step.occurredAtMicros();
    long ended = began + Math.max(step.latencyMillis(), 0) * 1000;
    firstMicros = Math.min(firstMicros, began);
    lastMicros = Math.max(lastMicros, began);
    lastEndMicros = Math.max(lastEndMicros, ended);
    boolean isRunItself = step.span() && step.parentKey() == 0;
    if (isRunItself) {
      endedMicros = Math.max(endedMicros, ended);
    }
    workflow.offer(step.workflow(), isRunItself ? 1 : 0, -began, step);
    outcome.offer(step.outcome(), isRunItself ? 1 : 0, began, step);
  }

  /** Where the run is in its life. */
  public RunLife life() {
    return life;
  }

  /** Totals of all steps. */
  public StepTotals totals() {
    return totals;
  }

  /** Spans: events that stand for their children, and are not billed. */
  public long spans() {
    return spans;
  }

  /** What the steps are made of, as of now. Of a short run it is worked out anew by each call. */
  public RunDetails details() {
    return details != null ? details : Objects.requireNonNull(log).details();
  }

  /**
   * Name of the workflow: of the span that is the run itself, else of the earliest event with one.
   */
  public @Nullable String workflow() {
    return workflow.text();
  }

  /** Outcome: of the span that is the run itself, else of the latest event with one. */
  public @Nullable String outcome() {
    return outcome.text();
  }

  /** Time of the earliest event, microseconds since the epoch. */
  public long firstMicros() {
    return firstMicros;
  }

  /** Time of the latest event, microseconds since the epoch. */
  public long lastMicros() {
    return lastMicros;
  }

  /** When the last step or span ended, microseconds since the epoch. */
  public long lastEndMicros() {
    return lastEndMicros;
  }

  /**
   * Whether the run has said that it is over: by a span without a parent, which is the run itself
   * and is reported when it ends.
   */
  public boolean hasEnded() {
    return endedMicros != NEVER;
  }

  /**
   * What the run counts for in its workflow's statistics. Once counted, it stays in its minute and
   * workflow.
   *
   * @param successes the outcomes that are a success
   */
  public CountedRun counts(Set<String> successes) {
    CountedRun before = life.counted();
    String name = workflow.text();
    String result = outcome.text();
    return new CountedRun(
        before != null ? before.workflow() : name == null ? "" : name,
        before != null ? before.minute() : WindowCalendar.minuteOf(firstMicros),
        result != null && successes.contains(result),
        totals.steps(),
        totals.retries(),
        totals.cost(),
        totals.retryCost());
  }

  /** The state in a layout of its own. */
  public byte[] encode() {
    return encode(new StateWriter());
  }

  /**
   * The state in a layout of its own.
   *
   * @param out written over, to be used again for the next state
   */
  public byte[] encode(StateWriter out) {
    out.reset().number(LAYOUT);
    life.encode(out);
    totals.encode(out);
    workflow.encode(out);
    outcome.encode(out);
    out.flag(log != null);
    if (log != null) {
      log.encode(out);
    } else {
      details().encode(out);
    }
    out.number(spans).number(firstMicros).number(lastMicros);
    out.number(lastEndMicros).number(endedMicros);
    return out.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if the layout is of another version
   */
  public static RunState decode(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    long layout = in.number();
    if (layout != LAYOUT) {
      throw new IllegalArgumentException(
          "a run's state has layout " + layout + ", but this version knows " + LAYOUT + " only");
    }
    return new RunState(in);
  }
}

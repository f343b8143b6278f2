package io.tokenmeter.domain.run;

import org.jspecify.annotations.Nullable;

/**
 * Where a run is in its life: open, closed, or open again, what was said of it, and when it will be
 * looked at.
 */
public final class RunLife {
  private long revision;
  private boolean closed;
  private long timerMinute = Long.MIN_VALUE;
  private long runawaySinceMicros = Long.MIN_VALUE;
  private boolean runawayEnded;
  private @Nullable CountedRun counted;

  RunLife() {}

  /** Revision of the latest record, or of the next one if the run has changed since. */
  public long revision() {
    return revision;
  }

  /** Takes the revision of the next record. */
  public void nextRevision() {
    revision++;
  }

  /** Whether no step is expected any more. */
  public boolean isClosed() {
    return closed;
  }

  /** Notes that no step is expected any more, and what the run now counts for. */
  public void close(CountedRun counts) {
    closed = true;
    counted = counts;
  }

  /** Notes that a step came after all. */
  public void reopen() {
    closed = false;
  }

  /** What the run counted for when it last closed; null if it never was. */
  public @Nullable CountedRun counted() {
    return counted;
  }

  /**
   * The minute, event time, at which a timer will look whether the run has become inactive; {@link
   * Long#MIN_VALUE} for none.
   */
  public long timerMinute() {
    return timerMinute;
  }

  /** Notes for which minute a timer is set. */
  public void timerMinute(long minute) {
    timerMinute = minute;
  }

  /** Whether the run was found to be a runaway, and that has not ended. */
  public boolean isRunaway() {
    return runawaySinceMicros != Long.MIN_VALUE && !runawayEnded;
  }

  /** Whether the run was ever found to be a runaway: it is reported once. */
  boolean wasRunaway() {
    return runawaySinceMicros != Long.MIN_VALUE;
  }

  long runawaySinceMicros() {
    return runawaySinceMicros;
  }

  void runawaySince(long micros) {
    runawaySinceMicros = micros;
  }

  void endRunaway() {
    runawayEnded = true;
  }

  void encode(StateWriter out) {
    out.number(revision).flag(closed).number(timerMinute);
    out.number(runawaySinceMicros).flag(runawayEnded).flag(counted != null);
    if (counted != null) {
      counted.encode(out);
    }
  }

  static RunLife decode(StateReader in) {
    RunLife life = new RunLife();
    life.revision = in.number();
    life.closed = in.flag();
    life.timerMinute = in.number();
    life.runawaySinceMicros = in.number();
    life.runawayEnded = in.flag();
    life.counted = in.flag() ? CountedRun.decode(in) : null;
    return life;
  }
}

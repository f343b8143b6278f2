package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.rollup.WindowCalendar;

/** Whether a cause is open, and since when; or how long it has been suspected. */
final class CauseState {
  /** No time. */
  static final long NEVER = Long.MIN_VALUE;

  /** When the cause began, microseconds since the epoch; {@link #NEVER} while it is not open. */
  long since = NEVER;

  /** When it was reported: a slow cause is dated back by a day. */
  long reported = NEVER;

  /** When it was last seen to end. */
  long ended = NEVER;

  /** Since when it is suspected. */
  long suspected = NEVER;

  /** When it was last suspected. */
  long lastSuspected = NEVER;

  /** What it showed in, and how far it strayed, when it was reported. */
  Deviation.View view = Deviation.View.SPEND;

  float ratio;

  /** Dollars a day at stake, as was said last. */
  float stake;

  boolean isOpen() {
    return since != NEVER;
  }

  /** The minute in which it began, minutes since the epoch. */
  long sinceMinute() {
    return WindowCalendar.minuteOf(since);
  }

  void open(long sinceMicros, long now, Deviation deviation) {
    since = sinceMicros;
    reported = now;
    view = deviation.view();
    ratio = (float) deviation.ratio();
    stake = (float) deviation.stake();
    suspected = NEVER;
    lastSuspected = NEVER;
  }

  void end(long now) {
    since = NEVER;
    ended = now;
  }

  void write(StateWriter out) {
    out.whole(since);
    out.whole(reported);
    out.whole(ended);
    out.whole(suspected);
    out.whole(lastSuspected);
    out.whole(view.ordinal());
    out.real(ratio);
    out.real(stake);
  }

  static CauseState read(StateReader in) {
    CauseState cause = new CauseState();
    cause.since = in.whole();
    cause.reported = in.whole();
    cause.ended = in.whole();
    cause.suspected = in.whole();
    cause.lastSuspected = in.whole();
    cause.view = Deviation.View.values()[in.count(Deviation.View.values().length - 1)];
    cause.ratio = in.real();
    cause.stake = in.real();
    return cause;
  }
}

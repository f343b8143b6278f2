package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.rollup.UsageSums;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one subject's model mix: the last hour, the usual mix by hour of the day,
 * and the change that is under way. A few kilobytes, at most about thirty with 16 models, whatever
 * the traffic. Not thread-safe.
 */
public final class DriftState {
  private static final int VERSION = 1;
  private static final int MINUTES_PER_HOUR = 60;
  private static final int MINUTES_PER_DAY = 1440;
  private static final double FEW = 20;
  private static final long MICROS_PER_MINUTE = 60_000_000L;

  ModelIndex models = new ModelIndex();
  UsualMix usual = new UsualMix();
  UsualChange change = new UsualChange();
  RecentMix recent = new RecentMix();
  long firstMinute = Long.MIN_VALUE;
  long latestMinute = Long.MIN_VALUE;

  /** What was used before this minute is not learned: the mix was a changed one. */
  private long learnFromMinute = Long.MIN_VALUE;

  /** The hour that is being learned; usage joins it when it is an hour old. */
  @Nullable MixSlot hour;

  /** Since when the mix looks changed without being reported; null while it does not. */
  @Nullable Long suspectSinceMicros;

  /** The change that was reported; null while there is none. */
  @Nullable Drift drift;

  /** Whether all that was added has been judged; not stored. */
  boolean judged;

  /** Since when hours are not learned because usage was added that is not usual. */
  private @Nullable Long addedSinceMinute;

  /** A subject that was never seen. */
  public DriftState() {}

  /** Whether a change of the mix was reported and has not ended. */
  public boolean isDrifting() {
    return drift != null;
  }

  void add(long minute, String model, UsageSums sums) {
    if (firstMinute == Long.MIN_VALUE) {
      firstMinute = minute;
    }
    advance(minute);
    judged = false;
    int number = number(model);
    if (!recent.add(minute, latestMinute, number, sums)) {
      MixSlot late = new MixSlot(minute, 1);
      late.add(number, sums);
      learn(late);
    }
  }

  /** Makes a minute the latest one, unless there was a later one. */
  void advance(long minute) {
    if (minute > latestMinute) {
      latestMinute = minute;
      recent.advance(minute, this::learn);
      closeHour(minute - 2L * MINUTES_PER_HOUR);
    }
  }

  /** Ends the reported change: the mix is as it was, or a new one has become usual. */
  void endDrift(boolean adopted) {
    Drift ended = drift;
    drift = null;
    suspectSinceMicros = null;
    learnFromMinute = latestMinute;
    if (adopted && ended != null && !ended.changed.isEmpty()) {
      double hours = Math.max(1, (latestMinute - ended.changed.start) / (double) MINUTES_PER_HOUR);
      usual.become(ended.changed, hours);
      change = new UsualChange();
      hour = null;
    }
  }

  private void learn(MixSlot slot) {
    Drift reported = drift;
    if (reported != null && slot.start >= minuteOf(reported.sinceMicros)) {
      slot.addTo(reported.changed); // not usual, unless it stays
      return;
    }
    if (slot.start < learnFromMinute) {
      return;
    }
    long start = slot.start - Math.floorMod(slot.start, MINUTES_PER_HOUR);
    if (hour != null && start < hour.start) {
      usual.add(slot, 0);
      return;
    }
    closeHour(start - 1);
    if (hour == null) {
      hour = new MixSlot(start, MINUTES_PER_HOUR);
    }
    slot.addTo(hour);
  }

  /** Learns the hour if it began at a minute or before. */
  private void closeHour(long minute) {
    MixSlot whole = hour;
    if (whole != null && whole.start <= minute) {
      hour = null;
      if (learnChange(whole)) {
        usual.add(whole, 1);
      }
    }
  }

  /**
   * Learns how far the mix is from usual when nothing is wrong.
   *
   * @return whether the hour is to be learned: not when it holds usage of other models on top of
   *     what is usual, unless that goes on for a day
   */
  private boolean learnChange(MixSlot whole) {
    MixWindow window = new MixWindow(whole.start, MINUTES_PER_HOUR);
    window.add(whole);
    if (window.total() < FEW || usual.requests(whole.start) < FEW) {
      return true;
    }
    // The policy's limits matter here only to tell which usual mix is the nearest, and what
    // differs.
    MixComparison comparison =
        new MixComparer(usual, change, DriftPolicy.DEFAULT).compare(window, whole.start);
    if (comparison.strength() >= 1 && comparison.isAdded()) {
      addedSinceMinute = addedSinceMinute == null ? whole.start : addedSinceMinute;
      if (whole.start - addedSinceMinute < MINUTES_PER_DAY) {
        return false;
      }
    }
    addedSinceMinute = null;
    boolean known = comparison.usual().requests() > window.total() / 2;
    change.add(window.requests(), known ? comparison.usual() : null);
    return true;
  }

  /** Since when the mix is that of now: the begin or the end of the change reported last. */
  long mixFromMinute() {
    return drift == null ? learnFromMinute : minuteOf(drift.sinceMicros);
  }

  private static long minuteOf(long micros) {
    return Math.floorDiv(micros, MICROS_PER_MINUTE);
  }

  /** The number of a model; if all are taken, that of one that hardly counts is taken from it. */
  private int number(String model) {
    int number = models.find(model);
    if (number < 0) {
      number = models.assign(model);
    }
    for (int unused = 0; number < 0 && unused < ModelIndex.OTHER; unused++) {
      if (!recent.uses(unused) && usual.isNegligible(unused)) {
        fold(unused);
        number = models.assign(model);
      }
    }
    return number < 0 ? ModelIndex.OTHER : number;
  }

  private void fold(int model) {
    usual.fold(model);
    if (hour != null) {
      hour.fold(model);
    }
    if (drift != null) {
      drift.changed.fold(model);
    }
    models.free(model);
  }

  /** The state as {@link #decode} reads it. */
  public byte[] encode() {
    StateWriter out = new StateWriter().number(VERSION).number(firstMinute).number(latestMinute);
    models.write(out);
    usual.write(out);
    change.write(out);
    recent.write(out);
    out.number(learnFromMinute).number(hour == null ? 0 : 1);
    if (hour != null) {
      hour.write(out);
    }
    out.optional(suspectSinceMicros).optional(addedSinceMinute);
    out.number(drift == null ? 0 : 1);
    if (drift != null) {
      drift.write(out);
    }
    return out.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static DriftState decode(byte[] bytes) {
    StateReader in = new StateReader(bytes);
    int version = in.count(VERSION);
    if (version != VERSION) {
      throw new IllegalArgumentException("not the state of a drift detector: version " + version);
    }
    DriftState state = new DriftState();
    state.firstMinute = in.number();
    state.latestMinute = in.number();
    state.models = ModelIndex.read(in);
    state.usual = UsualMix.read(in);
    state.change = UsualChange.read(in);
    state.recent = RecentMix.read(in);
    state.learnFromMinute = in.number();
    state.hour = in.count(1) == 0 ? null : MixSlot.read(in);
    state.suspectSinceMicros = in.optional();
    state.addedSinceMinute = in.optional();
    state.drift = in.count(1) == 0 ? null : Drift.read(in);
    return state;
  }
}

package io.tokenmeter.domain.silence;

import io.tokenmeter.domain.alert.Causes;
import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Durations;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds subjects that always report and have stopped: usage in nine of ten ten-minute slots of the
 * day before, and now none for some times the longest gap of the last week. A subject that sleeps
 * at night is not steady, and is left alone.
 *
 * <p>A silence that was reported does not count among the usual gaps.
 */
public final class SilenceDetector {
  /** The cause it finds. */
  public static final String SILENT = Causes.SILENT;

  private static final long MICROS_PER_MINUTE = 60_000_000L;

  /** After so long, nobody waits for the subject any more. */
  private static final Duration GIVEN_UP = Duration.ofDays(7);

  private SilenceDetector() {}

  /**
   * Takes note that a subject reports.
   *
   * @param state changed in place
   * @param minute minutes since the epoch in which there was usage
   * @param cost what it cost
   * @param nowMicros event time, microseconds since the epoch
   * @return the finding that its silence has ended, or null
   */
  public static @Nullable Finding add(
      SilenceState state, Subject subject, long minute, Money cost, long nowMicros) {
    state.spend(minute, cost);
    state.firstMinute = Math.min(state.firstMinute, minute);
    if (minute <= state.lastMinute) {
      state.usual.reportsLate(minute);
      return null;
    }
    long silentMinutes = state.lastMinute == Long.MIN_VALUE ? 0 : minute - state.lastMinute - 1;
    state.lastMinute = minute;
    state.usual.reports(minute);
    if (!state.silent) {
      state.usual.gap(minute, (int) Math.min(silentMinutes, Integer.MAX_VALUE));
      return null;
    }
    state.silent = false;
    String sentence =
        subject
            + " reports again, after "
            + Durations.text(silentMinutes * MICROS_PER_MINUTE)
            + " of silence.";
    return finding(state, subject, Severity.INFO, false, nowMicros, sentence);
  }

  /**
   * Whether {@link #judge} may have something to say; cheap.
   *
   * @param nowMicros event time, microseconds since the epoch
   */
  public static boolean isDue(SilenceState state, SilencePolicy policy, long nowMicros) {
    long limit = state.silent ? GIVEN_UP.toMinutes() : policy.minimumSilence().toMinutes();
    return silentMinutes(state, nowMicros) > limit;
  }

  /**
   * Judges a subject from which nothing new has come.
   *
   * @param state changed in place
   * @param nowMicros event time, microseconds since the epoch
   * @return a finding when a silence begins and when nobody waits any more, otherwise null
   */
  public static @Nullable Finding judge(
      SilenceState state, Subject subject, SilencePolicy policy, long nowMicros) {
    long silent = silentMinutes(state, nowMicros);
    if (state.silent) {
      if (policy.enabled() && silent <= GIVEN_UP.toMinutes()) {
        return null;
      }
      state.silent = false;
      state.usual = new UsualReporting();
      String sentence = subject + " has stopped for good, or is not watched any more.";
      return finding(state, subject, Severity.INFO, false, nowMicros, sentence);
    }
    int longest = state.usual.longestGap(state.lastMinute);
    if (!policy.enabled()
        || silent <= policy.minimumSilence().toMinutes()
        || silent <= policy.gapFactor() * longest
        || state.lastMinute + silent - state.firstMinute < policy.learning().toMinutes()
        || silent > GIVEN_UP.toMinutes()
        || !state.usual.isSteady()) {
      return null;
    }
    state.silent = true;
    state.silentSinceMicros = (state.lastMinute + 1) * MICROS_PER_MINUTE;
    String sentence =
        subject
            + " has reported nothing for "
            + Durations.text(silent * MICROS_PER_MINUTE)
            + (longest == 0
                ? ", and every minute in the last week"
                : "; its longest gap in the last week was "
                    + Durations.text(longest * MICROS_PER_MINUTE))
            + ". Check whether its producer runs, or its usage is not metered.";
    Severity severity = severity(state.spendOfADay(), policy);
    return finding(state, subject, severity, true, nowMicros, sentence);
  }

  private static long silentMinutes(SilenceState state, long nowMicros) {
    return state.lastMinute == Long.MIN_VALUE
        ? 0
        : Math.floorDiv(nowMicros, MICROS_PER_MINUTE) - state.lastMinute - 1;
  }

  private static Severity severity(Money stake, SilencePolicy policy) {
    if (stake.compareTo(policy.critical()) >= 0) {
      return Severity.CRITICAL;
    }
    return stake.compareTo(policy.warning()) >= 0 ? Severity.WARNING : Severity.INFO;
  }

  private static Finding finding(
      SilenceState state,
      Subject subject,
      Severity severity,
      boolean firing,
      long nowMicros,
      String sentence) {
    return new Finding(
        Detector.INGEST_SILENCE,
        SILENT,
        subject,
        firing,
        state.silentSinceMicros,
        nowMicros,
        state.silentSinceMicros,
        Math.max(nowMicros, state.silentSinceMicros + 1),
        Money.ZERO,
        null,
        null,
        state.spendOfADay(),
        severity,
        List.of(),
        sentence);
  }
}

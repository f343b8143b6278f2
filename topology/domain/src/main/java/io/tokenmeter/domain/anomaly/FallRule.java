package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.anomaly.Deviation.View;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Looks for spend that stops: a fall to less than half that nothing in the last week explains. */
final class FallRule {
  /** A fall is judged only by minutes that are over, and by as many of them at least. */
  private static final int LEAST_MINUTES = 5;

  /** A fall to more than this part of what is expected is nobody's outage. */
  private static final double FALL = 0.5;

  /** Twice as much is as quiet. */
  private static final double AS_QUIET = 2;

  /** So is this part of what is expected. */
  private static final double QUIET_PART = 0.3;

  private static final long MINUTE = 60_000_000L;

  private final SubjectState state;
  private final Expectations expectations;
  private final double floor;
  private final DoubleUnaryOperator need;

  /**
   * The rule at one moment.
   *
   * @param floor dollars a day
   * @param need evidence that is asked for, by the minutes of the window
   */
  FallRule(SubjectState state, Expectations expectations, double floor, DoubleUnaryOperator need) {
    this.state = state;
    this.expectations = expectations;
    this.floor = floor;
    this.need = need;
  }

  @Nullable Deviation strongest() {
    Deviation strongest = null;
    List<UsageBucket> buckets = state.buckets();
    SpendWindow window = SpendWindow.endingAt(state.recent.running().start);
    for (int i = buckets.size() - 2; i >= 0 && !buckets.get(i).isFlagged(); i--) {
      UsageBucket bucket = buckets.get(i);
      window = window.extended(bucket, bucket.minutes, bucket.expected, bucket.doubt);
      if (-window.moreADay(window.expected()) >= floor && window.minutes() >= LEAST_MINUTES) {
        strongest = Deviation.stronger(strongest, fall(window));
      }
    }
    return strongest;
  }

  /** Whether as little was spent at the same time of a day of the same kind lately. */
  boolean wasAsQuiet(SpendWindow window) {
    HourlyHistory history = state.history;
    double enough = Math.max(AS_QUIET * window.dollars(), QUIET_PART * window.expected());
    boolean weekend = HourOfWeek.isWeekend(history.hour());
    for (int days = 1; days <= 7; days++) {
      long shift = 24L * days;
      double from = window.start() / 60.0 - shift;
      boolean known = from >= history.oldest();
      boolean alike = days == 7 || HourOfWeek.isWeekend(history.hour() - shift) == weekend;
      if (known && alike && history.between(from, from + window.minutes() / 60) <= enough) {
        return true;
      }
    }
    return false;
  }

  /** When silence, if it lasts, would be a fall, microseconds since the epoch. */
  long silenceShows() {
    HourRates rates = state.rates;
    double rate = Math.max(rates.before(), Math.max(rates.current(), rates.after()));
    for (double minutes = LEAST_MINUTES + 1; minutes < 1440; minutes *= 1.25) {
      Variance variance = expectations.ahead(rate, minutes);
      if (rate * 24 >= floor && Evidence.ofFall(0, variance) >= need.applyAsDouble(minutes)) {
        return Math.max(state.nowMicros + MINUTE, lastUse() + (long) (minutes * MINUTE));
      }
    }
    return Long.MAX_VALUE;
  }

  private @Nullable Deviation fall(SpendWindow window) {
    double expected = expectations.dollars(window, View.SPEND);
    double ratio = window.dollars() / expected;
    if (ratio > FALL) {
      return null;
    }
    Variance variance = expectations.variance(window, View.SPEND);
    double asked = need.applyAsDouble(window.minutes());
    DoubleSupplier limit = () -> Math.min(FALL, Evidence.fallOf(asked, variance));
    double strength = Evidence.ofFall(ratio, variance) / asked;
    return new Deviation(window, View.SPEND, expected, ratio, limit, strength);
  }

  /** End of the last bucket in which anything was used, microseconds since the epoch. */
  private long lastUse() {
    List<UsageBucket> buckets = state.buckets();
    int last = buckets.size() - 1;
    while (last > 0 && buckets.get(last).requests() == 0) {
      last--;
    }
    return buckets.get(last).end() * MINUTE;
  }
}

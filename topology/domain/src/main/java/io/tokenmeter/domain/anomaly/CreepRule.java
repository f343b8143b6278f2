package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.anomaly.Deviation.View;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for spend that grows for days: a rise against the same time a week ago, which a creep has
 * not reached yet, while the median of the week follows it. Whole days keep no hours that they
 * could be off.
 */
final class CreepRule {
  /** A creep is looked for in windows of so many minutes and more. */
  private static final double LEAST_MINUTES = 1080;

  /** A week ago counts for at least this part of what is expected: it may have been a holiday. */
  private static final double LEAST_EXPECTED = 0.6;

  /** How many times its like the day before a creep shows must have been. */
  private static final double DAY_BEFORE = 1.15;

  /** Subjects whose hours may be off by more, relative, have busy days for no reason. */
  private static final double MOST_DOUBT = 0.6;

  /** The least a creep must be above what is expected, too. */
  private static final double LEAST_RATIO = 1.4;

  /**
   * Variance of a day against another one over that of a day against the median of five: {@code 2 /
   * (1 + (π / 2) / 5)}.
   */
  private static final double ONE_DAY = 1.5;

  private final SubjectState state;
  private final GroupState group;
  private final Expectations expectations;
  private final double floor;
  private final double need;

  /**
   * The rule at one moment.
   *
   * @param floor dollars a day
   * @param need evidence that is asked for, of a look a day
   */
  CreepRule(
      SubjectState state, GroupState group, Expectations expectations, double floor, double need) {
    this.state = state;
    this.group = group;
    this.expectations = expectations;
    this.floor = floor;
    this.need = need;
  }

  /** The rise of a window that ends now; null if it is too short, or none that is worth it. */
  @Nullable Deviation in(SpendWindow window) {
    double from = window.start() / 60.0 - HourlyHistory.HOURS;
    boolean known = state.history.known() == HourlyHistory.HOURS;
    if (!known || window.minutes() < LEAST_MINUTES || from < state.history.oldest()) {
      return null;
    }
    double then = state.history.between(from, from + window.minutes() / 60);
    double spend = expectations.dollars(window, View.SPEND);
    double expected = Math.max(then, LEAST_EXPECTED * spend);
    if (window.dollars() < LEAST_RATIO * spend
        || window.moreADay(expected) < floor
        || expectations.doubtOfRise(window) > MOST_DOUBT * spend
        || !grewBefore(from)) {
      return null;
    }
    double ofDays = state.variance(spend, window.minutes(), group).sum();
    double variance = ONE_DAY * (state.uncertainty + ofDays);
    double strength = Evidence.ofRise(window.dollars() / expected, variance) / need;
    double ratio = window.dollars() / spend;
    DoubleSupplier limit = () -> Evidence.riseOf(need, variance);
    return new Deviation(window, View.SPEND, expected, ratio, limit, strength);
  }

  /**
   * Whether the day before was above its like as well: a creep takes days, one busy day is none.
   *
   * @param from a week before the window, hours since the epoch
   */
  private boolean grewBefore(double from) {
    HourlyHistory history = state.history;
    if (from - 24 < history.oldest()) {
      return false;
    }
    double then = history.between(from - 24, from);
    double before = history.between(from + HourlyHistory.HOURS - 24, from + HourlyHistory.HOURS);
    return before >= DAY_BEFORE * then;
  }
}

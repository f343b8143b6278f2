package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.anomaly.Deviation.View;
import io.tokenmeter.domain.drivers.Dollars;
import org.jspecify.annotations.Nullable;

/**
 * The classic rule: an hour, or a day (UTC), outside mean ± 2 standard deviations of those of the
 * last seven days. A rise counts as soon as the hour or day that runs is above; a fall when it is
 * over. Hours are compared from a day of history on, days from three on.
 */
final class TwoStandardDeviationsRule implements Rule {
  private static final double DEVIATIONS = 2;
  private static final int LEAST_HOURS = 24;
  private static final int LEAST_DAYS = 3;
  private static final int HOURS_A_DAY = 24;

  private final SubjectState state;
  private final double floor;
  private final int minimumRequests;

  TwoStandardDeviationsRule(SubjectState state, AnomalyPolicy policy) {
    this.state = state;
    floor = Dollars.of(policy.floor());
    minimumRequests = policy.minimumRequests();
  }

  @Override
  public @Nullable Deviation rise() {
    return Deviation.stronger(rise(View.CLASSIC_HOUR), rise(View.CLASSIC_DAY));
  }

  /** Hours and days are compared with others, not with what is open. */
  @Override
  public @Nullable Deviation escalation(long reported) {
    return null;
  }

  @Override
  public @Nullable Deviation fall() {
    return Deviation.stronger(fall(View.CLASSIC_HOUR), fall(View.CLASSIC_DAY));
  }

  @Override
  public boolean isHarmless(Deviation fall) {
    return false;
  }

  /** Over once an hour, or day, that began no earlier than the cause is within the limits. */
  @Override
  public boolean isOver(View view, double ratio, double stake, long since, double calm) {
    int hours = hours(view);
    long last = start(hours) - hours;
    if (last * 60 <= since - 60L * hours || last * 60 < since) {
      return false;
    }
    Limits limits = limits(last, hours);
    double dollars = state.history.between(last, last + hours);
    return limits == null || ratio > 1
        ? limits == null || dollars <= limits.high
        : dollars >= limits.low;
  }

  /** The end of the hour that runs. */
  @Override
  public long silenceShows() {
    return (state.history.hour() + 1) * 3_600_000_000L;
  }

  private @Nullable Deviation rise(View view) {
    long start = start(hours(view));
    Limits limits = limits(start, hours(view));
    SpendWindow window = new SpendWindows(state).since(start * 60);
    if (limits == null
        || window.dollars() <= limits.high
        || window.moreADay(limits.mean) < floor
        || window.requests() < minimumRequests) {
      return null;
    }
    return deviation(window, view, limits, limits.high);
  }

  private @Nullable Deviation fall(View view) {
    int hours = hours(view);
    long start = start(hours) - hours;
    Limits limits = limits(start, hours);
    double dollars = state.history.between(start, start + hours);
    if (limits == null || dollars >= limits.low || (limits.mean - dollars) * 24 / hours < floor) {
      return null;
    }
    SpendWindow window =
        new SpendWindow(start * 60, 60.0 * hours, dollars, limits.mean, 0, 0, 0, 0, 0, 0);
    return deviation(window, view, limits, limits.low);
  }

  private static Deviation deviation(SpendWindow window, View view, Limits limits, double limit) {
    double mean = Math.max(limits.mean, 1e-12);
    return new Deviation(window, view, mean, window.dollars() / mean, () -> limit / mean, 1);
  }

  private static int hours(View view) {
    return view == View.CLASSIC_DAY ? HOURS_A_DAY : 1;
  }

  /** First hour of the hour or day that runs, hours since the epoch. */
  private long start(int hours) {
    return Math.floorDiv(state.history.hour(), hours) * hours;
  }

  private record Limits(double mean, double low, double high) {}

  /** Limits by the hours, or days, of the seven days before one; null where there are too few. */
  private @Nullable Limits limits(long before, int hours) {
    HourlyHistory history = state.history;
    long oldest = Math.max(before - HourlyHistory.HOURS, history.oldest());
    int count = (int) Math.max(0, (before - oldest) / hours);
    if (count < (hours == 1 ? LEAST_HOURS : LEAST_DAYS)) {
      return null;
    }
    double sum = 0;
    double squares = 0;
    for (int i = 1; i <= count; i++) {
      double dollars = history.between(before - (long) i * hours, before - (long) (i - 1) * hours);
      sum += dollars;
      squares += dollars * dollars;
    }
    double mean = sum / count;
    double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean) * count / (count - 1));
    return new Limits(mean, mean - DEVIATIONS * deviation, mean + DEVIATIONS * deviation);
  }
}

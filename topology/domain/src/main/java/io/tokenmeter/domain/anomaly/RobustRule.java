package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.anomaly.Deviation.View;
import io.tokenmeter.domain.drivers.Dollars;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks back from now over windows of all lengths for the one that strays most from what is
 * expected, each measured by the dispersion of its own time scale.
 */
final class RobustRule {
  /** A fall is judged only by minutes that are over, and by as many of them at least. */
  private static final int LEAST_QUIET_MINUTES = 5;

  /** A fall to more than this part of what is expected is nobody's outage. */
  private static final double FALL = 0.5;

  /** How much more evidence each alarm of the last week asks for. */
  private static final double MORE = 0.4;

  /** Beyond this a subject's mix of requests changes with the time of day, minutes. */
  private static final double USAGE_MINUTES = 75;

  /** How much of history usual usage is learned from before it counts, hours. */
  private static final int USAGE_HOURS = 12;

  /** Views in which spend can rise. */
  private static final View[] RISES = {View.SPEND, View.UNIT_COST, View.TOKEN_COST, View.RETRIES};

  /** Retries come in bunches: as if there were so many times fewer. */
  private static final double RETRY_BURST = 3;

  /** No share of retries is thought to be usual that is smaller. */
  private static final double LEAST_RETRIES = 0.02;

  private final SubjectState state;
  private final GroupState group;
  private final AnomalyPolicy policy;
  private final double costOfRequest;
  private final double retryShare;
  private final double floor;

  RobustRule(SubjectState state, GroupState group, AnomalyPolicy policy) {
    this.state = state;
    this.group = group;
    this.policy = policy;
    costOfRequest = state.costOfRequest();
    retryShare = Math.min(0.9, Math.max(LEAST_RETRIES, state.usual.retryShare()));
    floor = Dollars.of(policy.floor());
  }

  /** The strongest rise that is worth its dollars; null if there is none. */
  @Nullable Deviation rise(double nowMinute) {
    Deviation strongest = null;
    if (!knowsLevel()) {
      return null;
    }
    boolean knowsUsage = state.history.known() >= USAGE_HOURS && state.usual.costOfRequest() > 0;
    List<UsageBucket> buckets = state.buckets();
    SpendWindow window = SpendWindow.endingAt((long) nowMinute);
    for (int i = buckets.size() - 1; i >= 0; i--) {
      if (buckets.get(i).isFlagged()) {
        break;
      }
      window = extend(window, buckets.get(i), nowMinute);
      if (window.requests() >= policy.minimumRequests()) {
        for (View view : RISES) {
          if (view == View.SPEND || knowsUsage && window.minutes() <= USAGE_MINUTES) {
            strongest = stronger(strongest, rise(window, view));
          }
        }
      }
    }
    return strongest;
  }

  /** The strongest fall that is worth its dollars; null if there is none. */
  @Nullable Deviation fall() {
    Deviation strongest = null;
    if (!knowsLevel()) {
      return null;
    }
    List<UsageBucket> buckets = state.buckets();
    SpendWindow window = SpendWindow.endingAt(state.recent.running().start);
    for (int i = buckets.size() - 2; i >= 0; i--) {
      UsageBucket bucket = buckets.get(i);
      if (bucket.isFlagged()) {
        break;
      }
      window = window.extended(bucket, bucket.minutes, bucket.expected, bucket.doubt);
      if (-window.moreADay(window.expected()) >= floor && window.minutes() >= LEAST_QUIET_MINUTES) {
        strongest = stronger(strongest, missing(window));
      }
    }
    return strongest;
  }

  /** A window and the bucket before it; of the minute that runs, the part that is over. */
  SpendWindow extend(SpendWindow window, UsageBucket bucket, double nowMinute) {
    if (bucket != state.recent.running()) {
      return window.extended(bucket, bucket.minutes, bucket.expected, bucket.doubt);
    }
    double length = Math.min(1, Math.max(1e-3, nowMinute - bucket.start));
    ExpectedSpend expected = state.expected();
    return window.extended(
        bucket,
        length,
        expected.dollars(bucket.start, length),
        expected.doubt(bucket.start, length));
  }

  /** Dollars expected of a window in a view: at least those of a thousandth of a request. */
  double expected(SpendWindow window, View view) {
    double expected =
        switch (view) {
          case UNIT_COST -> window.requests() * costOfRequest;
          case TOKEN_COST -> window.tokensUsually();
          case RETRIES ->
              window.dollars()
                  * Math.min(1, window.firstAttempts() / (1 - retryShare))
                  / Math.max(1, window.requests());
          default -> window.expected();
        };
    return Math.max(expected, Math.max(1e-3 * costOfRequest, 1e-12));
  }

  /** Relative variance of what is expected of a window, in a view. */
  Variance variance(SpendWindow window, View view) {
    double requests = Math.max(1, window.requests());
    return switch (view) {
      case UNIT_COST -> state.unitCost.variance(requests, window.minutes(), group.unitCost());
      case TOKEN_COST, RETRIES ->
          state.tokenCost.variance(requests, window.minutes(), group.tokenCost());
      default -> {
        double doubt = window.doubt() / expected(window, view);
        yield state
            .variance(window.expected(), window.minutes(), group)
            .plus(state.uncertainty + doubt * doubt);
      }
    };
  }

  /** When silence from now on would be a fall, microseconds since the epoch. */
  long silenceShows(long nowMicros) {
    HourRates rates = state.rates;
    double rate = Math.max(rates.before(), Math.max(rates.current(), rates.after()));
    for (double minutes = LEAST_QUIET_MINUTES + 1; minutes < 1440; minutes *= 1.5) {
      double expected = rate * minutes / 60;
      double doubt = state.doubt / Math.max(rates.whole(), 1e-12);
      Variance variance =
          state.variance(expected, minutes, group).plus(state.uncertainty + doubt * doubt);
      if (rate * 24 >= floor && Evidence.ofFall(0, variance) >= need(minutes)) {
        return nowMicros + (long) (minutes * 60e6);
      }
    }
    return Long.MAX_VALUE;
  }

  private boolean knowsLevel() {
    return state.history.known() > 0 || group.typicalLevel() > 0;
  }

  private @Nullable Deviation rise(SpendWindow window, View view) {
    double expected = expected(window, view);
    double ratio = (window.dollars() - window.dearest()) / expected;
    if (ratio < policy.minimumRatio() || window.moreADay(expected) < floor) {
      return null;
    }
    double variance = variance(window, view).sum();
    double need = need(window.minutes());
    double evidence =
        view == View.RETRIES
            ? Evidence.ofRetries(window.retries(), window.requests(), retryShare) / RETRY_BURST
            : Evidence.ofRise(ratio, variance);
    double limit = Math.max(policy.minimumRatio(), Evidence.riseOf(need, variance));
    return new Deviation(window, view, expected, ratio, limit, evidence / need);
  }

  private @Nullable Deviation missing(SpendWindow window) {
    double expected = expected(window, View.SPEND);
    double ratio = window.dollars() / expected;
    if (ratio > FALL) {
      return null;
    }
    Variance variance = variance(window, View.SPEND);
    double need = need(window.minutes());
    double limit = Math.min(FALL, Evidence.fallOf(need, variance));
    double strength = Evidence.ofFall(ratio, variance) / need;
    return new Deviation(window, View.SPEND, expected, ratio, limit, strength);
  }

  /**
   * The evidence that is asked for: chance exceeds it as rarely as is tolerated in a week. More of
   * it where there were alarms already: what happens every other day is the subject's nature.
   */
  private double need(double minutes) {
    double looks = 7 * 1440 / Math.sqrt(Math.max(1, minutes));
    return (1 + MORE * state.alarms) * Math.log(looks / policy.falseAlarms());
  }

  private static @Nullable Deviation stronger(@Nullable Deviation one, @Nullable Deviation other) {
    return one == null || other != null && other.strength() > one.strength() ? other : one;
  }
}

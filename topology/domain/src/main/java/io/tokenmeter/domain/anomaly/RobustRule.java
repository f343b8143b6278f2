package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.anomaly.Deviation.View;
import io.tokenmeter.domain.drivers.Dollars;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks back from now over windows of all lengths for the one that strays most from what is
 * expected, each measured by the dispersion of its own time scale.
 */
final class RobustRule implements Rule {
  private static final View[] RISES = {
    View.SPEND, View.VOLUME, View.UNIT_COST, View.MODEL_COST, View.TOKEN_COST, View.RETRIES
  };

  /** How much of history usual usage is learned from before it counts, hours. */
  private static final int USAGE_HOURS = 12;

  /** Beyond this a subject's mix of requests changes with the time of day, minutes. */
  private static final double UNIT_COST_MINUTES = 40;

  /** Beyond this, spend says as much as the other views, minutes. */
  private static final double USAGE_MINUTES = 75;

  /** Longer windows hold the peaks of a slow creep themselves, minutes. */
  private static final double PEAK_MINUTES = 360;

  /** Retries come in bunches: as if there were so many times fewer. */
  private static final double RETRY_BURST = 3;

  /**
   * Spend of about the most there was lately in as much time asks for so many times the evidence.
   */
  private static final double AS_MUCH_AS_LATELY = 2;

  private static final double MINUTES_A_WEEK = 7 * 1440;
  private static final double DAYS_A_WEEK = 7;

  /** Windows twice as long are looked at 2^0.75 times less often: they overlap. */
  private static final double LOOKS = 0.75;

  /** How much more evidence each alarm of the last week asks for. */
  private static final double MORE = 0.35;

  /** How many times the evidence is asked of a subject whose keys are looked at anyway. */
  private static final double COMPOSITE = 3;

  /** Evidence that a window must be able to give to tell a cause's level from the usual one. */
  private static final double TELLING = 5;

  /** Larger ratios are as good as this: next to nothing is expected of idle times. */
  private static final double LARGE = 5;

  /**
   * The part of the excess that may remain when a cause is over: of the multiple of what is
   * expected, as of longer prompts, and of the dollars, as of a stranger whose requests are a
   * smaller multiple when the owner's come, too.
   */
  private static final double REMAINDER = 0.4;

  private final SubjectState state;
  private final GroupState group;
  private final AnomalyPolicy policy;
  private final Expectations expectations;
  private final SpendWindows windows;
  private final double floor;
  private final boolean composite;

  /**
   * The rule at one moment.
   *
   * @param composite whether the subject only shows what others do
   */
  RobustRule(SubjectState state, GroupState group, AnomalyPolicy policy, boolean composite) {
    this.composite = composite;
    this.state = state;
    this.group = group;
    this.policy = policy;
    expectations = new Expectations(state, group);
    windows = new SpendWindows(state);
    floor = Dollars.of(policy.floor());
  }

  @Override
  public @Nullable Deviation rise() {
    Deviation strongest = null;
    if (!knowsLevel()) {
      return null;
    }
    boolean knowsUsage = state.history.known() >= USAGE_HOURS && state.usual.costOfRequest() > 0;
    List<UsageBucket> buckets = state.buckets();
    CreepRule creep = new CreepRule(state, group, expectations, floor, needForLooks(DAYS_A_WEEK));
    SpendWindow window = windows.none();
    for (int i = buckets.size() - 1; i >= 0 && !buckets.get(i).isFlagged(); i--) {
      window = windows.extend(window, buckets.get(i));
      if (window.requests() < policy.minimumRequests()) {
        continue;
      }
      for (View view : RISES) {
        if (view == View.SPEND || knowsUsage && isTelling(view, window)) {
          strongest = Deviation.stronger(strongest, rise(window, view));
        }
      }
      strongest = Deviation.stronger(strongest, creep.in(window));
    }
    return strongest;
  }

  @Override
  public @Nullable Deviation escalation(long reported) {
    return new EscalationRule(state, expectations, floor, policy.minimumRequests(), this::need)
        .strongest(reported);
  }

  @Override
  public @Nullable Deviation fall() {
    return knowsLevel() ? falls().strongest() : null;
  }

  @Override
  public boolean isHarmless(Deviation fall) {
    return falls().wasAsQuiet(fall.window());
  }

  @Override
  public long silenceShows() {
    return falls().silenceShows();
  }

  @Override
  public boolean isOver(View view, double strayed, double stake, long since, double calm) {
    double ratio = Math.min(strayed, LARGE);
    List<UsageBucket> buckets = state.buckets();
    SpendWindow window = windows.none();
    for (int i = buckets.size() - 1; i >= 0 && buckets.get(i).start >= since; i--) {
      window = windows.extend(window, buckets.get(i));
      Variance variance = expectations.variance(window, view);
      double evidence =
          ratio > 1 ? Evidence.ofRise(ratio, variance.sum()) : Evidence.ofFall(ratio, variance);
      if (window.minutes() >= calm && evidence >= TELLING) {
        double expected = expectations.dollars(window, view);
        double present = window.dollars() / expected;
        boolean less = strayed < 1 || window.moreADay(expected) < REMAINDER * stake;
        return less && (present - 1) / (ratio - 1) < REMAINDER;
      }
    }
    return false;
  }

  private FallRule falls() {
    return new FallRule(state, expectations, floor, this::need);
  }

  private boolean knowsLevel() {
    return state.history.known() > 0 || group.typicalLevel() > 0;
  }

  private @Nullable Deviation rise(SpendWindow window, View view) {
    double expected = expectations.dollars(window, view);
    double ratio = expectations.ratio(window, view);
    if (ratio < policy.minimumRatio() || window.moreADay(expected) < floor) {
      return null;
    }
    double variance = expectations.varianceOfRise(window, view).sum();
    boolean isOfTime = view == View.SPEND || view == View.VOLUME;
    double times = isOfTime && isAsMuchAsLately(window) ? AS_MUCH_AS_LATELY : 1;
    double need = times * need(window.minutes());
    double evidence =
        view == View.RETRIES
            ? Evidence.ofRetries(window.retries(), window.requests(), expectations.retryShare())
                / RETRY_BURST
            : Evidence.ofRise(ratio, variance);
    double least = policy.minimumRatio();
    DoubleSupplier limit = () -> Math.max(least, Evidence.riseOf(need, variance));
    return new Deviation(window, view, expected, ratio, limit, evidence / need);
  }

  /** Whether a view says more of a window than its spend does. */
  private boolean isTelling(View view, SpendWindow window) {
    boolean ofKeys = view == View.MODEL_COST && composite;
    return window.minutes() <= longest(view)
        && !ofKeys
        && (state.models.areKnown() || !view.needsMix());
  }

  private static double longest(View view) {
    return view == View.UNIT_COST ? UNIT_COST_MINUTES : USAGE_MINUTES;
  }

  private boolean isAsMuchAsLately(SpendWindow window) {
    return window.minutes() <= PEAK_MINUTES
        && state.regularity.hasSpent(window.dollars(), window.minutes());
  }

  /**
   * The evidence that is asked for: chance exceeds it as rarely as is tolerated in a week. More of
   * it where there were alarms already: what happens every other day is the subject's nature.
   */
  private double need(double minutes) {
    return needForLooks(MINUTES_A_WEEK / Math.pow(Math.max(1, minutes), LOOKS));
  }

  private double needForLooks(double looks) {
    double others = composite ? COMPOSITE : 1;
    return others * (1 + MORE * state.alarms) * Math.log(looks / policy.falseAlarms());
  }
}

package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.anomaly.Deviation.View;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a second cause on top of one that is open: spend that all at once is several times what
 * the first one led to. A loop during a slow creep is news; longer prompts that cost more because
 * the morning comes are not.
 *
 * <p>What the first cause leads to is the more of two: its multiple of what is expected now, as of
 * longer prompts, and its excess a minute on top of that, as of a stranger with the key.
 */
final class EscalationRule {
  /** How many times what the open cause leads to is another one. */
  private static final double MULTIPLE = 3;

  /** A second alert of a subject asks for so many times the evidence. */
  private static final double MORE = 2;

  /** So long after its report a cause must have gone on before its level is known, minutes. */
  private static final double SETTLED_MINUTES = 20;

  /** What is there all at once shows within an hour. */
  private static final double LONGEST_MINUTES = 60;

  private final SubjectState state;
  private final Expectations expectations;
  private final double floor;
  private final int leastRequests;
  private final DoubleUnaryOperator need;

  /**
   * The rule at one moment.
   *
   * @param floor dollars a day
   * @param leastRequests that a window must have
   * @param need evidence that is asked for, by the minutes of the window
   */
  EscalationRule(
      SubjectState state,
      Expectations expectations,
      double floor,
      int leastRequests,
      DoubleUnaryOperator need) {
    this.state = state;
    this.expectations = expectations;
    this.floor = floor;
    this.leastRequests = leastRequests;
    this.need = need;
  }

  /**
   * The strongest second rise.
   *
   * @param reported the minute in which the open cause was reported
   */
  @Nullable Deviation strongest(long reported) {
    List<UsageBucket> buckets = state.buckets();
    SpendWindows windows = new SpendWindows(state);
    SpendWindow window = windows.none();
    Deviation strongest = null;
    for (int i = buckets.size() - 1; i > 0 && window.minutes() < LONGEST_MINUTES; i--) {
      window = windows.extend(window, buckets.get(i));
      if (window.start() - reported < SETTLED_MINUTES) {
        break;
      }
      if (window.requests() >= leastRequests) {
        strongest =
            Deviation.stronger(
                strongest, rise(window, led(window, buckets.subList(0, i), reported)));
      }
    }
    return strongest;
  }

  private @Nullable Deviation rise(SpendWindow window, double led) {
    double times = (window.dollars() - window.dearest()) / led;
    boolean usual = state.regularity.hasSpent(window.dollars(), window.minutes());
    if (times < MULTIPLE || usual || window.moreADay(led) < floor) {
      return null;
    }
    double variance = expectations.varianceOf(window, led);
    double asked = MORE * need.applyAsDouble(window.minutes());
    double expected = expectations.dollars(window, View.SPEND);
    DoubleSupplier limit =
        () -> led / expected * Math.max(MULTIPLE, Evidence.riseOf(asked, variance));
    double strength = Evidence.ofRise(times, variance) / asked;
    return new Deviation(
        window, View.SPEND, expected, window.dollars() / expected, limit, strength);
  }

  /** Dollars of a window to which the cause leads by the most that it has shown before. */
  private double led(SpendWindow window, List<UsageBucket> before, long reported) {
    double expected = expectations.dollars(window, View.SPEND);
    double multiple = 1;
    double excess = 0;
    for (UsageBucket bucket : before) {
      if (bucket.end() > reported) {
        double more = bucket.dollars() - bucket.expected;
        multiple = Math.max(multiple, bucket.dollars() / Math.max(bucket.expected, 1e-9));
        excess = Math.max(excess, more / bucket.minutes);
      }
    }
    return Math.max(expected * multiple, expected + excess * window.minutes());
  }
}

package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.alert.Causes;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.drivers.Dollars;
import io.tokenmeter.domain.rollup.UsageSums;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a subject's traffic moves between models, and what that does to the cost of a request.
 *
 * <p>The mix of the last 5, 15 and 60 minutes is compared with the usual one of the hour, by
 * population stability index and Jensen-Shannon distance, over requests and over what they cost.
 * Both must be over their limits: the first alone rises with the arrival of any rare model, the
 * second alone says little of rare but dear ones. Limits rise where few requests, or a mix that is
 * never the same, would reach them by chance. Where more is requested than usual, traffic may have
 * come instead of moved; that is an anomaly's to report.
 */
public final class DriftDetector {
  /** Cause of a finding: requests have moved to dearer models. */
  public static final String DEARER = Causes.DEARER_MODELS;

  /** Cause of a finding: requests have moved to cheaper models. */
  public static final String CHEAPER = Causes.CHEAPER_MODELS;

  private static final int[] WINDOWS = {5, 15, 60};
  private static final long MICROS_PER_MINUTE = 60_000_000L;
  private static final double CHANGED = 1;

  /** So much of a change must still be there in the last minutes for it to be under way. */
  private static final double STILL = 0.5;

  /** When only so much of a change is left, the mix is as it was. */
  private static final double CALM = 0.4;

  /** Where requests come in runs of one model, fewer runs than this say nothing of the mix. */
  private static final double LEAST_RUNS = 12;

  private static final int CALM_PERSISTENCES = 5;

  /**
   * So many times as long a change must last that saves money: it can wait until it is plain
   * whether requests moved, or some were added by somebody else, which is an anomaly's to report,
   * and more urgent.
   */
  private static final int CHEAPER_PERSISTENCES = 15;

  private DriftDetector() {}

  /**
   * How far a subject's mix is from usual.
   *
   * @param psi population stability index of the window that says most
   * @param jsd its Jensen-Shannon distance
   * @param score 0 to 1, rising with abnormality; 0.5 is the limit, and 0 where nothing is judged
   */
  public record Reading(double psi, double jsd, double score) {}

  /**
   * Takes note of what a subject used of one model.
   *
   * @param state changed in place
   * @param minute minute of the usage, minutes since the epoch; late ones are welcome
   * @param model as served
   * @param sums the difference to what was known of that minute and model
   */
  public static void add(DriftState state, long minute, String model, UsageSums sums) {
    state.add(minute, model, sums);
  }

  /** How far the mix is from usual at the latest minute that was added or judged. */
  public static Reading read(DriftState state, DriftPolicy policy) {
    MixComparison comparison = furthest(state, policy);
    if (comparison == null) {
      return new Reading(0, 0, 0);
    }
    double strength = comparison.strength();
    return new Reading(comparison.psi(), comparison.jsd(), strength / (1 + strength));
  }

  /**
   * Judges the recent mix against the usual one; cheap enough for every write-back.
   *
   * @param state changed in place
   * @param nowMicros event time, microseconds since the epoch; never before that of an earlier call
   * @return a finding when a change of the mix begins and when it has ended, otherwise null
   */
  public static @Nullable Finding judge(
      DriftState state, Subject subject, DriftPolicy policy, long nowMicros) {
    if (state.judged && state.drift == null && state.suspectSinceMicros == null) {
      return null; // windows of what was judged before only become emptier
    }
    state.judged = true;
    // The minute that a write-back completes is still the one to look at.
    state.advance(Math.floorDiv(nowMicros - 1, MICROS_PER_MINUTE));
    Drift drift = state.drift;
    if (drift != null) {
      return ending(state, drift, subject, policy, nowMicros);
    }
    return policy.enabled() ? beginning(state, subject, policy, nowMicros) : null;
  }

  private static @Nullable Finding beginning(
      DriftState state, Subject subject, DriftPolicy policy, long nowMicros) {
    MixComparison furthest = furthest(state, policy);
    MixChange change = furthest == null ? null : changeUnderWay(state, furthest, policy);
    if (change == null || Math.abs(change.dollarsPerDay()) < Dollars.of(policy.minimumStake())) {
      state.suspectSinceMicros = null;
      return null;
    }
    if (state.suspectSinceMicros == null) {
      state.suspectSinceMicros = nowMicros;
    }
    if (nowMicros - state.suspectSinceMicros < persistence(change, policy)) {
      return null;
    }
    Finding finding = change.begins(subject, policy, nowMicros);
    state.drift = change.reportedAs(finding);
    return finding;
  }

  private static long persistence(MixChange change, DriftPolicy policy) {
    long persistence = micros(policy.persistence());
    return change.dollarsPerDay() < 0 ? CHEAPER_PERSISTENCES * persistence : persistence;
  }

  /** The change since its onset; null where the mix is not over the limits, or no longer. */
  private static @Nullable MixChange changeUnderWay(
      DriftState state, MixComparison furthest, DriftPolicy policy) {
    if (furthest.strength() < CHANGED) {
      return null;
    }
    MixComparison latest = latest(state, policy, furthest.requestsToSee());
    boolean over = latest != null && latest.moved() < STILL * furthest.moved();
    return over ? null : new MixChange(sinceOnset(state, furthest, policy), state);
  }

  /** Whether a part of the change goes on that longer windows tell from chance. */
  private static boolean isSmaller(DriftState state, MixComparison latest, DriftPolicy policy) {
    MixComparison longer = latest(state, policy, latest.requestsToSee());
    return longer != null
        && longer.strength() >= CHANGED
        && latest.moved() >= STILL * longer.moved();
  }

  /**
   * The part of a window since the mix began to change: that which says most. The minutes before
   * would make the change look smaller.
   */
  private static MixComparison sinceOnset(
      DriftState state, MixComparison window, DriftPolicy policy) {
    MixComparison best = window;
    for (int minutes = window.window().minutes - 1; minutes > 0; minutes--) {
      MixWindow last = state.recent.window(minutes, state.latestMinute);
      MixComparison part = last.total() == 0 ? null : compare(state, policy, last);
      if (part != null && part.evidence() > best.evidence()) {
        best = part;
      }
    }
    return best;
  }

  private static @Nullable Finding ending(
      DriftState state, Drift drift, Subject subject, DriftPolicy policy, long nowMicros) {
    if (!policy.enabled()) {
      state.endDrift(false);
      return MixChange.ended(drift, subject, "It is not watched any more.", nowMicros);
    }
    if (nowMicros - drift.sinceMicros >= micros(policy.adoption())) {
      state.endDrift(true);
      return MixChange.ended(drift, subject, "The new mix is taken for usual now.", nowMicros);
    }
    MixComparison latest = latest(state, policy, drift.requestsToSee);
    if (latest == null || latest.moved() > CALM * drift.moved || isSmaller(state, latest, policy)) {
      drift.calmSinceMicros = null;
      return null;
    }
    if (drift.calmSinceMicros == null) {
      drift.calmSinceMicros = nowMicros;
    }
    if (nowMicros - drift.calmSinceMicros < CALM_PERSISTENCES * micros(policy.persistence())) {
      return null;
    }
    state.endDrift(false);
    return MixChange.ended(drift, subject, "The mix of models is as it was.", nowMicros);
  }

  /** The window whose mix is furthest from usual; null where none can be judged. */
  private static @Nullable MixComparison furthest(DriftState state, DriftPolicy policy) {
    long minute = state.latestMinute;
    if (minute == Long.MIN_VALUE
        || minute - state.firstMinute < policy.learning().toMinutes()
        || state.usual.requests(minute) < policy.minimumRequests()) {
      return null;
    }
    MixComparison furthest = null;
    for (int minutes : WINDOWS) {
      MixComparison comparison = compare(state, policy, minutes);
      if (comparison != null
          && !comparison.isAdded()
          && (furthest == null || comparison.strength() > furthest.strength())) {
        furthest = comparison;
      }
    }
    return furthest;
  }

  /**
   * The shortest window with so many requests, or as many as there are where they come in runs; the
   * longest where there are not so many. Null where none can be judged.
   */
  private static @Nullable MixComparison latest(
      DriftState state, DriftPolicy policy, double requests) {
    double enough = requests * state.change.clustered();
    MixComparison latest = null;
    for (int minutes : WINDOWS) {
      MixComparison comparison = compare(state, policy, minutes);
      latest = comparison == null ? latest : comparison;
      if (latest != null && latest.requests() >= enough) {
        return latest;
      }
    }
    return latest;
  }

  /**
   * The last minutes; null where there are too few requests in them, or where they reach into the
   * time before a change began that was reported, or ended.
   */
  private static @Nullable MixComparison compare(
      DriftState state, DriftPolicy policy, int minutes) {
    MixWindow window = state.recent.window(minutes, state.latestMinute);
    double enough = Math.max(policy.minimumRequests(), LEAST_RUNS * state.change.clustered());
    return window.start < state.mixFromMinute() || window.total() < enough
        ? null
        : compare(state, policy, window);
  }

  private static MixComparison compare(DriftState state, DriftPolicy policy, MixWindow window) {
    return new MixComparer(state.usual, state.change, policy).compare(window, state.latestMinute);
  }

  private static long micros(Duration duration) {
    return duration.toMillis() * 1000;
  }
}

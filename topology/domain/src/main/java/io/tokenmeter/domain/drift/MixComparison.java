package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.drift.UsualMix.Mix;
import io.tokenmeter.domain.drivers.ModelUsage;
import io.tokenmeter.domain.rollup.UsageSums;
import org.jspecify.annotations.Nullable;

/**
 * A recent mix beside the usual one that comes closest to it.
 *
 * <p>Mixes cycle with the day, and shift sooner on one day than on another. So a recent mix is
 * compared with the usual one of its hour, with those of the hours beside it, and with what lies
 * between them.
 *
 * @param window the recent usage
 * @param requests its requests
 * @param usual the usual mix
 * @param actual the recent shares of the requests
 * @param psi population stability index, of requests or spend, whichever says more
 * @param jsd Jensen-Shannon distance of the same
 * @param strength the smaller of both by their limits; 1 or more is a change
 */
record MixComparison(
    MixSlot window,
    double requests,
    Mix usual,
    double[] actual,
    double psi,
    double jsd,
    double strength) {
  private static final int MINUTES_PER_HOUR = 60;
  private static final double[] PARTS = {1, 0.75, 0.5, 0.25};
  private static final double NEAR = 0.5;
  private static final double DEVIATIONS = 5;
  private static final double KNOWN_FROM_REQUESTS = 20;

  /** Above 1, because what is usual is not known exactly. */
  private static final double ADDED = 1.25;

  /**
   * Compares.
   *
   * @param minute the latest minute of the window, minutes since the epoch
   * @return null where the window has no requests
   */
  static @Nullable MixComparison of(
      MixSlot window, UsualMix usual, UsualChange change, DriftPolicy policy, long minute) {
    double[] requests = window.requests();
    double total = sum(requests);
    if (total <= 0) {
      return null;
    }
    MixComparison nearest = with(usual.at(minute), window, usual, change, policy);
    for (int beside = -1; beside <= 1 && nearest.strength > NEAR; beside += 2) {
      Mix neighbour = usual.at(minute + (long) beside * MINUTES_PER_HOUR);
      Mix hour = usual.at(minute);
      for (double part : PARTS) {
        MixComparison other = with(hour.toward(neighbour, part), window, usual, change, policy);
        nearest = other.strength < nearest.strength ? other : nearest;
      }
    }
    return nearest;
  }

  private static MixComparison with(
      Mix mix, MixSlot window, UsualMix usual, UsualChange change, DriftPolicy policy) {
    double[] requests = window.requests();
    double total = sum(requests);
    double[] actual = shares(requests, total);
    MixComparison byRequests =
        judged(
            window,
            total,
            mix,
            actual,
            actual,
            mix.shares(),
            total,
            mix.requests(),
            change,
            policy);
    double[] costs = costs(window, usual);
    double[] spent = times(actual, costs);
    double[] usuallySpent = times(mix.shares(), costs);
    if (sum(spent) <= 0 || sum(usuallySpent) <= 0) {
      return byRequests;
    }
    MixComparison bySpend =
        judged(
            window,
            total,
            mix,
            actual,
            shares(spent, sum(spent)),
            shares(usuallySpent, sum(usuallySpent)),
            total * evenness(actual, costs),
            mix.requests() * evenness(mix.shares(), costs),
            change,
            policy);
    return bySpend.strength > byRequests.strength ? bySpend : byRequests;
  }

  /**
   * Compares shares {@code p} with shares {@code q}, known from {@code n} and {@code m} requests.
   */
  private static MixComparison judged(
      MixSlot window,
      double requests,
      Mix mix,
      double[] actual,
      double[] p,
      double[] q,
      double n,
      double m,
      UsualChange change,
      DriftPolicy policy) {
    double psi = Divergence.psi(p, q);
    double jsd = Divergence.jsd(p, q);
    double byChance = change.clustered() * Divergence.psiByChance(models(p, q), n, m, DEVIATIONS);
    double psiLimit = Math.max(policy.psi(), Math.max(byChance, change.psi()));
    double jsdLimit = Math.max(policy.jsd(), Math.max(Divergence.jsdOfPsi(byChance), change.jsd()));
    double strength = Math.min(psi / psiLimit, jsd / jsdLimit);
    return new MixComparison(window, requests, mix, actual, psi, jsd, strength);
  }

  /** Learns from a whole hour how far the mix is from usual when nothing is wrong. */
  static void learn(MixSlot hour, UsualMix usual, UsualChange change) {
    // The limits matter here only to tell which usual mix is the nearest.
    MixComparison comparison = of(hour, usual, change, DriftPolicy.DEFAULT, hour.start);
    if (comparison == null || comparison.requests < KNOWN_FROM_REQUESTS) {
      return;
    }
    boolean known = comparison.usual.requests() > comparison.requests / 2;
    change.add(hour.requests(), known ? comparison.usual : null);
  }

  /**
   * Dollars a request by model: of the recent requests where there are enough, else of the usual
   * ones. The same costs weigh both mixes, so that longer prompts or another price are not taken
   * for moved traffic.
   */
  static double[] costs(MixSlot window, UsualMix usual) {
    double[] costs = new double[ModelIndex.SIZE];
    for (int model = 0; model < costs.length; model++) {
      UsageSums sums = window.of(model);
      ModelUsage recent = sums == null ? ModelUsage.NONE : ModelUsage.of(sums);
      ModelUsage known = usual.usage(model);
      boolean enough = recent.requests() >= KNOWN_FROM_REQUESTS;
      ModelUsage best = known == null || enough ? recent : known;
      costs[model] = best.requests() > 0 ? Math.max(0, best.cost() / best.requests()) : 0;
    }
    return costs;
  }

  /** The share of the requests that go to other models than usual, 0 to 1. */
  double moved() {
    double moved = 0;
    for (int model = 0; model < actual.length; model++) {
      moved += Math.max(0, actual[model] - usual.shares()[model]);
    }
    return moved;
  }

  /**
   * How many requests show whether such a share of them goes elsewhere: with so many, chance is a
   * quarter of it.
   */
  double requestsToSee() {
    double variance = 0;
    for (int model = 0; model < actual.length; model++) {
      double share = (actual[model] + usual.shares()[model]) / 2;
      variance = Math.max(variance, share * (1 - share));
    }
    return 16 * variance / (moved() * moved());
  }

  /** How much the window says against the usual mix: it grows with the change and the requests. */
  double evidence() {
    return requests * Divergence.psi(actual, usual.shares());
  }

  /**
   * Whether the window has so many requests more than usual that the mix may have changed by what
   * was added, without any that moved.
   */
  boolean isAdded() {
    double usually = usual.perHour() * window.minutes / MINUTES_PER_HOUR;
    return moved() * requests <= ADDED * (requests - usually);
  }

  /** Dollars a request of a mix at these costs. */
  static double meanCost(double[] shares, double[] costs) {
    return sum(times(shares, costs));
  }

  /**
   * The part of the requests that their spend is worth as a sample: few dear requests make it small
   * (L. Kish, Survey Sampling, 1965).
   */
  private static double evenness(double[] shares, double[] costs) {
    double sum = 0;
    double squares = 0;
    for (int model = 0; model < shares.length; model++) {
      sum += shares[model] * costs[model];
      squares += shares[model] * costs[model] * costs[model];
    }
    return sum * sum / squares;
  }

  static int models(double[] p, double[] q) {
    int models = 0;
    for (int model = 0; model < p.length; model++) {
      models += p[model] > 0 || q[model] > 0 ? 1 : 0;
    }
    return Math.max(2, models);
  }

  private static double[] times(double[] a, double[] b) {
    double[] products = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      products[i] = a[i] * b[i];
    }
    return products;
  }

  static double[] shares(double[] parts, double total) {
    double[] shares = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      shares[i] = parts[i] / total;
    }
    return shares;
  }

  static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}

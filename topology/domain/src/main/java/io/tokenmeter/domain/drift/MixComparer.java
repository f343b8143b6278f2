package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.drift.UsualMix.Mix;

/**
 * Compares a recent mix with the usual one that comes closest to it.
 *
 * <p>Mixes cycle with the day, and shift sooner on one day than on another. So a recent mix is
 * compared with the usual one of its hour, with those of the hours beside it, and with what lies
 * between them.
 */
final class MixComparer {
  private static final int MINUTES_PER_HOUR = 60;
  private static final double[] PARTS = {1, 0.75, 0.5, 0.25};

  /** Half the limits: whatever is nearer need not be looked for. */
  private static final double NEAR = 0.5;

  /** Five standard deviations: a minute's look at each window, all year, is half a million. */
  private static final double DEVIATIONS = 5;

  private final UsualMix usual;
  private final UsualChange change;
  private final DriftPolicy policy;

  MixComparer(UsualMix usual, UsualChange change, DriftPolicy policy) {
    this.usual = usual;
    this.change = change;
    this.policy = policy;
  }

  /**
   * Compares a window that has requests.
   *
   * @param minute the latest minute of the window, minutes since the epoch
   */
  MixComparison compare(MixWindow window, long minute) {
    double[] actual = Shares.of(window.requests());
    double[] costs = window.costs(usual);
    Mix hour = usual.at(minute);
    MixComparison nearest = with(hour, window, actual, costs);
    for (int beside = -1; beside <= 1 && nearest.strength() > NEAR; beside += 2) {
      Mix neighbour = usual.at(minute + (long) beside * MINUTES_PER_HOUR);
      for (int i = 0; neighbour.isKnown() && i < PARTS.length; i++) {
        MixComparison other = with(hour.toward(neighbour, PARTS[i]), window, actual, costs);
        nearest = other.strength() < nearest.strength() ? other : nearest;
      }
    }
    return nearest;
  }

  /** By requests or by spend, whichever says more. */
  private MixComparison with(Mix mix, MixWindow window, double[] actual, double[] costs) {
    double[] shares = mix.shares();
    double total = window.total();
    Judged byRequests = judged(actual, shares, total, mix.requests());
    Judged judged = byRequests;
    double[] spent = Shares.times(actual, costs);
    double[] usuallySpent = Shares.times(shares, costs);
    if (Shares.sum(spent) > 0 && Shares.sum(usuallySpent) > 0) {
      Judged bySpend =
          judged(
              Shares.of(spent),
              Shares.of(usuallySpent),
              total * evenness(actual, costs),
              mix.requests() * evenness(shares, costs));
      judged = bySpend.strength > byRequests.strength ? bySpend : byRequests;
    }
    return new MixComparison(window, mix, actual, judged.psi, judged.jsd, judged.strength);
  }

  private record Judged(double psi, double jsd, double strength) {}

  /** Shares {@code p} beside {@code q}, known from {@code n} and {@code m} requests. */
  private Judged judged(double[] p, double[] q, double n, double m) {
    double psi = Divergence.psi(p, q);
    double jsd = Divergence.jsd(p, q);
    double byChance =
        change.clustered() * Divergence.psiByChance(Shares.models(p, q), n, m, DEVIATIONS);
    double psiLimit = Math.max(policy.psi(), Math.max(byChance, change.psi()));
    double jsdLimit = Math.max(policy.jsd(), Math.max(Divergence.jsdOfPsi(byChance), change.jsd()));
    return new Judged(psi, jsd, Math.min(psi / psiLimit, jsd / jsdLimit));
  }

  /** Dollars a request of a mix at these costs. */
  static double meanCost(double[] shares, double[] costs) {
    return Shares.sum(Shares.times(shares, costs));
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
}

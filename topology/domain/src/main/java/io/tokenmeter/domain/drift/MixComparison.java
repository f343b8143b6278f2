package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.drift.UsualMix.Mix;

/**
 * A recent mix beside the usual one.
 *
 * @param window the recent requests
 * @param usual the usual mix
 * @param actual the recent shares of the requests
 * @param psi population stability index, of requests or of spend, whichever says more
 * @param jsd Jensen-Shannon distance of the same
 * @param strength the smaller of both by their limits; 1 or more is a change
 */
record MixComparison(
    MixWindow window, Mix usual, double[] actual, double psi, double jsd, double strength) {
  private static final double MINUTES_PER_HOUR = 60;

  /** Above 1, because what is usual is not known exactly. */
  private static final double ADDED = 1.25;

  double requests() {
    return window.total();
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
    return requests() * Divergence.psi(actual, usual.shares());
  }

  /**
   * Whether the window has so many requests more than usual that the mix may have changed by what
   * was added, without any that moved.
   */
  boolean isAdded() {
    double usually = usual.perHour() * window.minutes / MINUTES_PER_HOUR;
    return moved() * requests() <= ADDED * (requests() - usually);
  }
}

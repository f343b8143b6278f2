package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.drivers.Dollars;
import io.tokenmeter.domain.drivers.ModelUsage;
import io.tokenmeter.domain.rollup.UsageSums;

/** Requests and dollars by model during some minutes, as statistics compute with them. */
final class MixWindow {
  /** From so many requests on, their mean cost is known. */
  private static final double ENOUGH = 20;

  final long start;
  final int minutes;
  private final double[] requests = new double[ModelIndex.SIZE];
  private final double[] priced = new double[ModelIndex.SIZE];
  private final double[] dollars = new double[ModelIndex.SIZE];

  /**
   * Nothing yet.
   *
   * @param start first minute, minutes since the epoch
   */
  MixWindow(long start, int minutes) {
    this.start = start;
    this.minutes = minutes;
  }

  void add(MixSlot slot) {
    for (int left = slot.used(); left != 0; left &= left - 1) {
      int model = Integer.numberOfTrailingZeros(left);
      UsageSums sums = slot.of(model);
      if (sums != null) {
        requests[model] += Math.max(0, sums.requests());
        priced[model] += sums.requests() - sums.unpricedRequests();
        dollars[model] += Dollars.of(sums.cost());
      }
    }
  }

  /** By model. */
  double[] requests() {
    return requests;
  }

  double total() {
    return Shares.sum(requests);
  }

  /**
   * Dollars a request by model: of these requests where there are enough, else of the usual ones.
   * The same costs weigh both mixes, so that longer prompts or another price are not taken for
   * moved traffic.
   */
  double[] costs(UsualMix usual) {
    double[] costs = new double[ModelIndex.SIZE];
    for (int model = 0; model < costs.length; model++) {
      ModelUsage known = usual.usage(model);
      double own = priced[model] > 0 ? dollars[model] / priced[model] : 0;
      boolean enough = priced[model] >= ENOUGH;
      double cost =
          enough || known == null || known.requests() <= 0 ? own : known.cost() / known.requests();
      costs[model] = Math.max(0, cost);
    }
    return costs;
  }
}

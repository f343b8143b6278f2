package io.tokenmeter.domain.run;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run cost in each of its latest minutes of the clock, and in the dearest of all.
 *
 * <p>Exact as long as no step, and no correction of one, comes more than {@value #BOUND} minutes
 * with cost late; what comes later counts as a minute of its own.
 */
final class MinuteCosts {
  private static final int BOUND = 16;

  private record MinuteCost(long minute, MoneySum cost) {}

  /** The latest minutes with cost, the earliest first. */
  private final List<MinuteCost> latest = new ArrayList<>(2);

  /** The dearest of the minutes that are no longer among the latest. */
  private Money peakBefore = Money.ZERO;

  void add(long minute, long costHigh, long costLow) {
    if ((costHigh | costLow) == 0) {
      return;
    }
    int at = latest.size();
    while (at > 0 && latest.get(at - 1).minute() > minute) {
      at--;
    }
    if (at == 0 || latest.get(at - 1).minute() != minute) {
      latest.add(at++, new MinuteCost(minute, new MoneySum()));
    }
    latest.get(at - 1).cost().add(costHigh, costLow);
    if (latest.size() > BOUND) {
      peakBefore = max(peakBefore, latest.remove(0).cost().toMoney());
    }
  }

  /** Cost of the dearest minute. */
  Money peak() {
    Money peak = peakBefore;
    for (MinuteCost minute : latest) {
      peak = max(peak, minute.cost().toMoney());
    }
    return peak;
  }

  private static Money max(Money one, Money other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  void encode(StateWriter out) {
    out.number(peakBefore.hi()).number(peakBefore.lo()).number(latest.size());
    for (MinuteCost minute : latest) {
      out.number(minute.minute()).number(minute.cost().hi()).number(minute.cost().lo());
    }
  }

  static MinuteCosts decode(StateReader in) {
    MinuteCosts costs = new MinuteCosts();
    costs.peakBefore = Money.of(in.number(), in.number());
    for (int left = in.count(); left > 0; left--) {
      MinuteCost minute = new MinuteCost(in.number(), new MoneySum());
      minute.cost().set(in.number(), in.number());
      costs.latest.add(minute);
    }
    return costs;
  }
}

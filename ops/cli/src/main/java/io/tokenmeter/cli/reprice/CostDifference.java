package io.tokenmeter.cli.reprice;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;

/** What some events cost so far, and what they cost by now. */
final class CostDifference {
  private long events;
  private final MoneySum before = new MoneySum();
  private final MoneySum now = new MoneySum();

  void add(Money costBefore, Money costNow) {
    events++;
    before.add(costBefore);
    now.add(costNow);
  }

  long events() {
    return events;
  }

  Money before() {
    return before.toMoney();
  }

  Money now() {
    return now.toMoney();
  }

  /** Positive where they cost more than was thought. */
  Money difference() {
    return now().minus(before());
  }
}

package io.tokenmeter.domain.budget;

import io.tokenmeter.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What the running period of a budget is going to cost, and how much of that is over the limit.
 * Estimates are to the cent; they are worked out when somebody asks for the first of them.
 */
final class PeriodForecast {
  private final Budget budget;
  private final BudgetState state;
  private final long start;
  private final long end;
  private final long now;
  private final Money spent;
  private @Nullable SpendOutlook outlook;

  /**
   * A forecast.
   *
   * @param start of the period, minutes since the epoch
   * @param end of the period, exclusive
   * @param now the minute that is running
   * @param spent in the period so far
   */
  PeriodForecast(Budget budget, BudgetState state, long start, long end, long now, Money spent) {
    this.budget = budget;
    this.state = state;
    this.start = start;
    this.end = end;
    this.now = now;
    this.spent = spent;
  }

  /** What it rests on. */
  SpendOutlook outlook() {
    if (outlook == null) {
      outlook = new SpendOutlook(state, start, now);
    }
    return outlook;
  }

  /** What the period is going to cost. */
  Money projected() {
    return plus(spent, outlook().expectedUntil(end));
  }

  /** Whether the limit is crossed by the end even if little is spent, 19 times in 20. */
  boolean isSureToCross() {
    return outlook().isFounded()
        && plus(spent, outlook().leastUntil(end)).compareTo(budget.limit()) >= 0;
  }

  /** What is going to be spent over the limit within a day. */
  Money atStake() {
    long tomorrow = now + BudgetPeriod.MINUTES_PER_DAY;
    if (budget.isReached(100, spent)) {
      return plus(Money.ZERO, outlook().expectedUntil(tomorrow));
    }
    Money then = plus(spent, outlook().expectedUntil(Math.min(tomorrow, end)));
    return positive(then.minus(budget.limit()));
  }

  /** What is going to be spent over the limit, a day of the rest of the period. */
  Money overrunPerDay() {
    double days = Math.max(1, (end - now) / (double) BudgetPeriod.MINUTES_PER_DAY);
    double overrun = SpendOutlook.dollars(projected().minus(budget.limit()));
    return positive(plus(Money.ZERO, overrun / days));
  }

  private static Money positive(Money money) {
    return money.signum() < 0 ? Money.ZERO : money;
  }

  /** An estimate added to an exact amount, rounded to the cent. */
  private static Money plus(Money exact, double estimate) {
    return exact.plus(SpendOutlook.cents(estimate));
  }
}

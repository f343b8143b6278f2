package io.tokenmeter.domain.budget;

import io.tokenmeter.domain.money.Money;

/**
 * How budgets are watched.
 *
 * @param enabled whether the subject's budgets are watched at all
 * @param forecast whether it is reported that a limit is going to be crossed, too
 * @param warning dollars a day at stake from which it is a warning
 * @param critical dollars a day at stake from which it is critical; not below {@code warning}
 */
public record BudgetPolicy(boolean enabled, boolean forecast, Money warning, Money critical) {
  /** What holds for a subject that no policy names. */
  public static final BudgetPolicy DEFAULT =
      new BudgetPolicy(true, true, Money.parse("10"), Money.parse("100"));
}

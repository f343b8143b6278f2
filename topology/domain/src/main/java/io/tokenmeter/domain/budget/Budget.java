package io.tokenmeter.domain.budget;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.Dimension;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A spending limit for one subject.
 *
 * @param id tells budgets apart; not blank
 * @param subject whose spend is limited, in a single dimension
 * @param period how long the limit holds
 * @param limit what may be spent in a period; above 0
 * @param zone where periods begin
 * @param thresholds shares of the limit that raise an alert, percent, 1 to 1000, ascending, at
 *     least one
 * @param owner who to tell
 */
public record Budget(
    String id,
    Subject subject,
    BudgetPeriod period,
    Money limit,
    ZoneId zone,
    List<Integer> thresholds,
    @Nullable String owner) {
  /** What raises an alert where a budget does not say otherwise, percent. */
  public static final List<Integer> THRESHOLDS = List.of(50, 80, 100);

  private static final int HIGHEST_THRESHOLD = 1000;

  /**
   * Checks a budget.
   *
   * @throws IllegalArgumentException naming what is wrong and what it may be
   */
  public Budget {
    thresholds = List.copyOf(thresholds);
    require(!id.isBlank(), "a budget needs an id");
    require(
        !Dimension.parse(subject.dimension()).isPair(),
        "dimension '" + subject.dimension() + "' is a pair; only single dimensions have budgets");
    require(limit.signum() > 0, "the limit must be above 0, not " + limit.toPlainString());
    require(!thresholds.isEmpty(), "a budget needs a threshold");
    int last = 0;
    for (int percent : thresholds) {
      require(
          percent > last && percent <= HIGHEST_THRESHOLD,
          "thresholds must be whole percents from 1 to 1000, ascending, not " + thresholds);
      last = percent;
    }
  }

  /** The part of the limit that a threshold stands for, rounded to a whole pico-dollar. */
  Money threshold(int percent) {
    return Money.of(
        limit
            .toBigDecimal()
            .multiply(BigDecimal.valueOf(percent, 2))
            .setScale(Money.SCALE, RoundingMode.HALF_EVEN));
  }

  /** Whether a spend has reached a threshold. */
  boolean isReached(int percent, Money spent) {
    return spent.times(100).compareTo(limit.times(percent)) >= 0;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

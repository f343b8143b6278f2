package io.tokenmeter.streams.budget;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.budget.Budget;
import io.tokenmeter.domain.budget.BudgetPeriod;
import io.tokenmeter.domain.money.Money;
import java.time.DateTimeException;
import java.time.ZoneId;

/** Budgets as records of {@code budgets}, and back. */
public final class BudgetRecords {
  private BudgetRecords() {}

  /** The record's key: the budget's id. */
  public static String key(Budget budget) {
    return budget.id();
  }

  /** The record's value. */
  public static io.tokenmeter.schemas.Budget toRecord(Budget budget) {
    return io.tokenmeter.schemas.Budget.newBuilder()
        .setBudgetId(budget.id())
        .setDimension(budget.subject().dimension())
        .setKey(budget.subject().key())
        .setPeriod(io.tokenmeter.schemas.BudgetPeriod.valueOf(budget.period().name()))
        .setLimitUsd(budget.limit().toBigDecimal())
        .setTimeZone(budget.zone().getId())
        .setThresholdsPercent(budget.thresholds())
        .setOwner(budget.owner())
        .build();
  }

  /**
   * The budget of a record.
   *
   * @throws IllegalArgumentException saying what is wrong with it; also if its key is not its id,
   *     which would keep it out of reach of its removal
   */
  public static Budget fromRecord(String key, io.tokenmeter.schemas.Budget record) {
    if (!record.getBudgetId().equals(key)) {
      throw new IllegalArgumentException("its key should be '" + record.getBudgetId() + "'");
    }
    return new Budget(
        record.getBudgetId(),
        new Subject(record.getDimension(), record.getKey()),
        BudgetPeriod.valueOf(record.getPeriod().name()),
        Money.of(record.getLimitUsd()),
        zone(record.getTimeZone()),
        record.getThresholdsPercent(),
        record.getOwner());
  }

  private static ZoneId zone(String id) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("unknown time zone '" + id + "'", e);
    }
  }
}

package io.tokenmeter.streams.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.budget.Budget;
import io.tokenmeter.domain.budget.BudgetPeriod;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.Dimension;
import io.tokenmeter.streams.fixture.TableFlow;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTableTest {
  private static final Subject HELPDESK = new Subject("team", "helpdesk");
  private static final Budget MONTHLY =
      new Budget(
          "helpdesk-monthly",
          HELPDESK,
          BudgetPeriod.MONTH,
          Money.parse("50.000000000001"),
          ZoneId.of("Europe/Berlin"),
          List.of(50, 90),
          "finance@example.com");

  @Test
  void everyPartOfABudget_survivesTheRecord() {
    assertThat(BudgetRecords.fromRecord("helpdesk-monthly", BudgetRecords.toRecord(MONTHLY)))
        .isEqualTo(MONTHLY);
    Budget daily =
        new Budget(
            "d", HELPDESK, BudgetPeriod.DAY, Money.parse("1"), ZoneId.of("UTC"), List.of(1), null);
    assertThat(BudgetRecords.fromRecord("d", BudgetRecords.toRecord(daily))).isEqualTo(daily);
  }

  @Test
  void recordsThatAreNoBudgets_areRefusedWithTheReason() {
    assertThatThrownBy(() -> BudgetRecords.fromRecord("x", BudgetRecords.toRecord(MONTHLY)))
        .hasMessage("its key should be 'helpdesk-monthly'");
    assertThatThrownBy(
            () -> {
              io.tokenmeter.schemas.Budget record = BudgetRecords.toRecord(MONTHLY);
              record.setTimeZone("Mars/Olympus");
              BudgetRecords.fromRecord("helpdesk-monthly", record);
            })
        .hasMessage("unknown time zone 'Mars/Olympus'");
  }

  @Test
  void publishedBudget_isThereUntilItIsRemoved() {
    BudgetTable table = table();
    try (TableFlow flow = new TableFlow(BudgetTable.store(), table::supplier)) {
      assertThat(table.budgets().all()).isEmpty();

      flow.put("helpdesk-monthly", BudgetRecords.toRecord(MONTHLY));
      assertThat(table.budgets().of(HELPDESK)).containsExactly(MONTHLY);
      assertThat(table.budgets().byId("helpdesk-monthly")).isEqualTo(MONTHLY);
      assertThat(table.budgets().of(new Subject("team", "research"))).isEmpty();

      long version = table.budgets().version();
      flow.putBytes("helpdesk-monthly", null);
      assertThat(table.budgets().all()).isEmpty();
      assertThat(table.budgets().version()).isNotEqualTo(version);
    }
  }

  @Test
  void badRecords_areCountedAndTheOthersGoOn() {
    BudgetTable table = table();
    try (TableFlow flow = new TableFlow(BudgetTable.store(), table::supplier)) {
      io.tokenmeter.schemas.Budget notRolledUp = BudgetRecords.toRecord(MONTHLY);
      notRolledUp.setBudgetId("a");
      notRolledUp.setDimension("region");
      flow.put("a", notRolledUp);
      io.tokenmeter.schemas.Budget descending = BudgetRecords.toRecord(MONTHLY);
      descending.setBudgetId("b");
      descending.setThresholdsPercent(List.of(80, 50));
      flow.put("b", descending);
      flow.putBytes("c", new byte[7]);
      flow.put("helpdesk-monthly", BudgetRecords.toRecord(MONTHLY));

      assertThat(table.budgets().all()).containsExactly(MONTHLY);
      assertThat(flow.counted("tokenmeter.budgets.bad.records")).isEqualTo(3);
    }
  }

  private static BudgetTable table() {
    return new BudgetTable(Dimension.DEFAULTS.stream().map(Dimension::parse).toList());
  }
}

package io.tokenmeter.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewsTest {

  private static final String DAY = "2026-11-20T00:00:00Z";

  private Warehouse warehouse;

  @BeforeEach
  void start() throws SQLException {
    warehouse = new Warehouse();
  }

  @AfterEach
  void stop() throws SQLException {
    warehouse.close();
  }

  @Test
  void spendByDay_hasTheDayOfTheRollupsOwnTimeZone() throws SQLException {
    Rows.rollup(
        warehouse,
        "DAY",
        "2026-11-19T23:00:00Z",
        "team",
        "search",
        "\"time_zone\": \"Europe/Berlin\", \"cost_usd\": 0.000000000001");
    Rows.rollup(warehouse, "HOUR", DAY, "team", "search", "\"cost_usd\": 1");

    Map<String, Object> row = warehouse.rows("SELECT * FROM tokenmeter.spend_by_day").get(0);

    assertThat(row.get("day")).hasToString("2026-11-20");
    assertThat(row.get("cost_usd")).isEqualTo(new BigDecimal("0.000000000001"));
    assertThat(warehouse.value("SELECT count(*) FROM tokenmeter.spend_by_day")).isEqualTo(1L);
  }

  @Test
  void modelMix_ofASubject_addsUpToAHundredPercent() throws SQLException {
    Rows.rollup(warehouse, "DAY", DAY, "model", "mini", "\"requests\": 3, \"cost_usd\": 1");
    Rows.rollup(warehouse, "DAY", DAY, "model", "large", "\"requests\": 1, \"cost_usd\": 3");
    Rows.rollup(
        warehouse, "DAY", DAY, "api_key+model", "k1|mini", "\"requests\": 2, \"cost_usd\": 0.5");
    Rows.rollup(warehouse, "DAY", DAY, "team", "search", "\"requests\": 4, \"cost_usd\": 4");

    assertThat(
            warehouse.rows(
                "SELECT subject_dimension, subject, model, requests_percent::text AS r,"
                    + " cost_percent::text AS c, cost_per_request_usd::text AS p FROM"
                    + " tokenmeter.model_mix ORDER BY 1, 2, 3"))
        .extracting(
            row -> row.get("subject_dimension"),
            row -> row.get("model"),
            row -> row.get("r"),
            row -> row.get("c"),
            row -> row.get("p"))
        .containsExactly(
            tuple("all", "large", "25.00", "75.00", "3.000000000000"),
            tuple("all", "mini", "75.00", "25.00", "0.333333333333"),
            tuple("api_key", "mini", "100.00", "100.00", "0.250000000000"));
  }

  @Test
  void costPerRunAndOutcome_areOfRunsThatClosed() throws SQLException {
    Rows.run(warehouse, "r1", "resolved", "0.0475");
    Rows.run(warehouse, "r2", "resolved", "0.0125");
    Rows.run(warehouse, "r3", "escalated", "0.5");
    Rows.rollup(
        warehouse,
        "DAY",
        DAY,
        "workflow",
        "helpdesk",
        "\"runs\": 3, \"successful_runs\": 2, \"run_steps\": 15, \"run_cost_usd\": 0.56,"
            + " \"run_retry_cost_usd\": 0.14, \"cost_per_successful_run_usd\": 0.28");

    assertThat(
            warehouse.rows(
                "SELECT outcome, runs, cost_per_run_usd::text AS cost, median_cost_usd::text AS"
                    + " median FROM tokenmeter.cost_per_outcome ORDER BY outcome"))
        .extracting(
            row -> row.get("outcome"),
            row -> row.get("runs"),
            row -> row.get("cost"),
            row -> row.get("median"))
        .containsExactly(
            tuple("escalated", 1L, "0.500000000000", "0.500000000000"),
            tuple("resolved", 2L, "0.030000000000", "0.012500000000"));
    Map<String, Object> day = warehouse.rows("SELECT * FROM tokenmeter.cost_per_run").get(0);
    assertThat(day.get("cost_per_run_usd")).hasToString("0.186666666667");
    assertThat(day.get("cost_per_successful_run_usd")).hasToString("0.280000000000");
    assertThat(day.get("steps_per_run")).hasToString("5.00");
    assertThat(day.get("retry_cost_percent")).hasToString("25.00");
  }

  @Test
  void unpricedUsage_isCountedByModelUntilItIsPriced() throws SQLException {
    String unpriced =
        "\"pricing_status\": \"UNPRICED\", \"unpriced_reason\": \"NO_PRICE\", \"input_tokens\": 10";
    Rows.costed(warehouse, "u1", "2026-11-20T10:00:00Z", unpriced);
    Rows.costed(warehouse, "u2", "2026-11-20T11:00:00Z", unpriced);
    Rows.costed(warehouse, "u2", "2026-11-20T11:00:00Z", "\"cost_usd\": 1, \"revision\": 2");

    Map<String, Object> row = warehouse.rows("SELECT * FROM tokenmeter.unpriced_usage").get(0);

    assertThat(row.get("requests")).isEqualTo(1L);
    assertThat(row.get("unpriced_reason")).isEqualTo("NO_PRICE");
    assertThat(row.get("input_tokens")).hasToString("10");
  }

  @Test
  void budget_isSpentInItsOwnTimeZone_andNamesTheThresholdItReached() throws SQLException {
    budget("b1", "DAY", "10", "America/New_York");
    // 04:59 UTC is still the day before in New York.
    Rows.rollup(warehouse, "MINUTE", "2026-11-20T04:59:00Z", "team", "search", "\"cost_usd\": 5");
    Rows.rollup(warehouse, "MINUTE", "2026-11-20T05:00:00Z", "team", "search", "\"cost_usd\": 7.9");
    Rows.rollup(warehouse, "MINUTE", "2026-11-20T05:01:00Z", "team", "search", "\"cost_usd\": 0.1");
    Rows.rollup(warehouse, "MINUTE", "2026-11-20T05:01:00Z", "team", "other", "\"cost_usd\": 99");

    assertThat(
            warehouse.rows(
                "SELECT period_start::text AS start, spent_usd::text AS spent, remaining_usd::text"
                    + " AS left, reached_threshold_percent AS reached, is_current FROM"
                    + " tokenmeter.budget_status ORDER BY period_start"))
        .extracting(
            row -> row.get("spent"),
            row -> row.get("left"),
            row -> row.get("reached"),
            row -> row.get("is_current"))
        .contains(
            tuple("5.000000000000", "5.000000000000", 50, false),
            tuple("8.000000000000", "2.000000000000", 80, false));
  }

  @Test
  void budgetWithoutSpend_showsItsRunningPeriod() throws SQLException {
    budget("b2", "MONTH", "1000", "UTC");

    Map<String, Object> row = warehouse.rows("SELECT * FROM tokenmeter.budget_status").get(0);

    assertThat(row.get("is_current")).isEqualTo(true);
    assertThat(row.get("spent_usd")).hasToString("0");
    assertThat(row.get("reached_threshold_percent")).isNull();
  }

  private void budget(String id, String period, String limit, String zone) throws SQLException {
    warehouse.upsert(
        "budgets",
        "budget_id",
        """
        {"budget_id": "%s", "dimension": "team", "key": "search", "period": "%s", "limit_usd": %s,
         "time_zone": "%s", "thresholds_percent": [50, 80, 100]}"""
            .formatted(id, period, limit, zone));
  }
}

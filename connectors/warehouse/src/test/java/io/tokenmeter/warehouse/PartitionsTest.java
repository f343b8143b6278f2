package io.tokenmeter.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartitionsTest {

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
  void record_ofAnyTime_isTakenWithoutAPartitionOfItsDay() throws SQLException {
    Rows.costed(warehouse, "old", "2023-11-16T18:15:46.680590Z", "\"cost_usd\": 1");
    Rows.costed(warehouse, "far", "2031-01-01T00:00:00Z", "\"cost_usd\": 2");
    Rows.rollup(warehouse, "MINUTE", "2023-11-16T18:15:00Z", "team", "a", "\"cost_usd\": 1");
    Rows.rollup(warehouse, "MONTH", "2023-11-01T00:00:00Z", "team", "a", "\"cost_usd\": 1");

    assertThat(partitions("costed_usage")).containsExactly("costed_usage_default");
    assertThat(partitions("usage_rollups"))
        .containsExactly("usage_rollups_minute_default", "usage_rollups_month");
  }

  @Test
  void daysCreatedLate_takeWhatIsAlreadyThere() throws SQLException {
    Rows.costed(warehouse, "before", "2026-11-19T23:59:59.999999Z", "\"cost_usd\": 1");
    Rows.costed(warehouse, "first", "2026-11-20T00:00:00Z", "\"cost_usd\": 2");
    Rows.costed(warehouse, "last", "2026-11-20T23:59:59.999999Z", "\"cost_usd\": 4");
    Rows.rollup(warehouse, "MINUTE", "2026-11-20T10:00:00Z", "team", "a", "\"cost_usd\": 8");

    assertThat(warehouse.value("SELECT tokenmeter.create_days('2026-11-20', '2026-11-21')"))
        .isEqualTo(4);

    assertThat(
            warehouse.columns(
                "SELECT tableoid::regclass::text FROM tokenmeter.costed_usage ORDER BY"
                    + " occurred_at"))
        .containsExactly(
            "tokenmeter.costed_usage_default",
            "tokenmeter.costed_usage_2026_11_20",
            "tokenmeter.costed_usage_2026_11_20");
    assertThat(partitions("usage_rollups")).containsExactly("usage_rollups_minute_2026_11_20");
    assertThat(warehouse.value("SELECT tokenmeter.create_days('2026-11-20', '2026-11-21')"))
        .isEqualTo(0);
  }

  @Test
  void revision_inAPartitionOfItsDay_stillReplacesAndNeverStepsBack() throws SQLException {
    warehouse.value("SELECT tokenmeter.create_days('2026-11-20', '2026-11-20')");
    Rows.costed(warehouse, "e", "2026-11-20T10:00:00Z", "\"revision\": 1");
    Rows.costed(warehouse, "e", "2026-11-20T10:00:00Z", "\"revision\": 2, \"cost_usd\": 7");
    Rows.costed(warehouse, "e", "2026-11-20T10:00:00Z", "\"revision\": 1");

    assertThat(warehouse.value("SELECT sum(cost_usd)::text FROM tokenmeter.costed_usage"))
        .isEqualTo("7.000000000000");
    assertThat(warehouse.value("SELECT sum(revision) FROM tokenmeter.costed_usage")).isEqualTo(2L);
  }

  @Test
  void olderState_readAgain_isPassedOverInEveryTable() throws SQLException {
    Rows.rollup(
        warehouse, "DAY", "2026-11-20T00:00:00Z", "team", "a", "\"revision\": 9, \"requests\": 5");
    Rows.rollup(
        warehouse, "DAY", "2026-11-20T00:00:00Z", "team", "a", "\"revision\": 8, \"requests\": 4");
    alert("RESOLVED", "2026-11-20T10:05:00Z");
    alert("FIRING", "2026-11-20T10:00:00Z");

    assertThat(warehouse.value("SELECT requests FROM tokenmeter.usage_rollups")).isEqualTo(5L);
    assertThat(warehouse.columns("SELECT state FROM tokenmeter.alerts"))
        .containsExactly("RESOLVED");
  }

  @Test
  void droppedDays_takeCostedUsageAndMinutesAndLeaveTheRest() throws SQLException {
    warehouse.value("SELECT tokenmeter.create_days('2026-11-19', '2026-11-20')");
    Rows.costed(warehouse, "default", "2023-01-01T00:00:00Z", "\"cost_usd\": 1");
    Rows.costed(warehouse, "old", "2026-11-19T10:00:00Z", "\"cost_usd\": 1");
    Rows.costed(warehouse, "new", "2026-11-20T10:00:00Z", "\"cost_usd\": 2");
    Rows.rollup(warehouse, "MINUTE", "2026-11-19T10:00:00Z", "team", "a", "\"cost_usd\": 1");
    Rows.rollup(warehouse, "DAY", "2026-11-19T00:00:00Z", "team", "a", "\"cost_usd\": 1");

    assertThat(warehouse.value("SELECT tokenmeter.drop_days('2026-11-20')")).isEqualTo(2);

    assertThat(warehouse.columns("SELECT event_id FROM tokenmeter.costed_usage"))
        .containsExactly("new");
    assertThat(warehouse.columns("SELECT granularity FROM tokenmeter.usage_rollups"))
        .containsExactly("DAY");
  }

  private void alert(String state, String at) throws SQLException {
    warehouse.upsert(
        "alerts",
        "alert_id",
        """
        {"alert_id": "a-1", "state": "%s", "detector": "anomaly", "severity": "WARNING", "dimension": "team",
         "key": "a", "since": "2026-11-20T10:00:00Z", "updated_at": "%s", "sentence": "", "cause": "",
         "also": [], "drivers": []}"""
            .formatted(state, at));
  }

  /** The partitions that hold rows of a table. */
  private List<Object> partitions(String table) throws SQLException {
    return warehouse.columns(
        "SELECT DISTINCT replace(tableoid::regclass::text, 'tokenmeter.', '') AS part FROM"
            + " tokenmeter."
            + table
            + " ORDER BY part");
  }
}

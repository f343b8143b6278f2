package io.tokenmeter.warehouse.endtoend;

import io.tokenmeter.warehouse.WarehouseScript;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.data.Record;

/**
 * The checked-in views over Iceberg's tables. They are standard SQL, and run here in PostgreSQL
 * over what Iceberg's own reader finds in the tables.
 */
final class IcebergViews {

  /** The columns that the views and the tests use, with their types. */
  private static final Map<String, List<String>> TABLES =
      Map.of(
          "costed_usage",
              List.of(
                  "event_id text", "occurred_at timestamptz", "revision int", "cost_usd numeric"),
          "usage_rollups",
              List.of(
                  "granularity text",
                  "window_start timestamptz",
                  "dimension text",
                  "key text",
                  "sub_key text",
                  "revision bigint",
                  "requests bigint",
                  "cost_usd numeric"),
          "workflow_runs", List.of("run_id text", "revision bigint", "cost_usd numeric"),
          "alerts", List.of("alert_id text", "state text", "updated_at timestamptz"));

  private final IcebergLake lake;
  private final Database database;

  IcebergViews(IcebergLake lake, Database database) {
    this.lake = lake;
    this.database = database;
  }

  /** The sorted rows of a query, in which %s stands for the schema of the views. */
  List<String> rows(String query) throws SQLException, IOException {
    database.execute("DROP SCHEMA IF EXISTS lake CASCADE; CREATE SCHEMA lake");
    for (Map.Entry<String, List<String>> table : TABLES.entrySet()) {
      load(table.getKey(), table.getValue());
    }
    database.execute(WarehouseScript.ICEBERG_VIEWS.text().replace("tokenmeter.", "lake."));
    return WarehouseEndToEndTest.sorted(database.rows(query.formatted("lake")));
  }

  private void load(String table, List<String> columns) throws SQLException, IOException {
    database.execute("CREATE TABLE lake.%s (%s)".formatted(table, String.join(", ", columns)));
    String values = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    try (PreparedStatement insert =
        database
            .connection()
            .prepareStatement("INSERT INTO lake.%s VALUES (%s)".formatted(table, values))) {
      for (Record row : lake.rows(table)) {
        for (int i = 0; i < columns.size(); i++) {
          insert.setObject(i + 1, row.getField(columns.get(i).split(" ")[0]));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}

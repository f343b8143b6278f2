package io.tokenmeter.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.Budget;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.schemas.WorkflowRun;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tables against the schemas of the topics they are written from. */
class TablesTest {

  private static final Map<String, Schema> TABLES =
      Map.of(
          "costed_usage", CostedUsage.SCHEMA$,
          "usage_rollups", UsageRollup.SCHEMA$,
          "workflow_runs", WorkflowRun.SCHEMA$,
          "alerts", Alert.SCHEMA$,
          "budgets", Budget.SCHEMA$);

  private static Warehouse warehouse;

  @BeforeAll
  static void start() throws SQLException {
    warehouse = new Warehouse();
  }

  @AfterAll
  static void stop() throws SQLException {
    warehouse.close();
  }

  @Test
  void columns_areTheFieldsOfTheRecords_withTheirTypesAndDescriptions() throws SQLException {
    for (Map.Entry<String, Schema> table : TABLES.entrySet()) {
      assertThat(columns(table.getKey()))
          .as("02-tables.sql, table " + table.getKey() + ", against " + table.getValue().getName())
          .containsExactlyElementsOf(
              table.getValue().getFields().stream().map(TablesTest::expected).toList());
    }
  }

  @Test
  void everyTableViewAndFunction_saysWhatItIs() throws SQLException {
    assertThat(
            warehouse.columns(
                "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                    + " WHERE nspname = 'tokenmeter' AND relkind IN ('r', 'p', 'v')"
                    + " AND NOT relispartition AND obj_description(c.oid) IS NULL"
                    + " UNION SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid ="
                    + " pronamespace WHERE nspname = 'tokenmeter' AND obj_description(p.oid) IS"
                    + " NULL"))
        .isEmpty();
  }

  @Test
  void everyTable_hasAPrimaryKey() throws SQLException {
    assertThat(
            warehouse.columns(
                "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
                    + " WHERE nspname = 'tokenmeter' AND relkind IN ('r', 'p')"
                    + " AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND"
                    + " indisprimary)"))
        .isEmpty();
  }

  @Test
  void scripts_runAgain_keepWhatIsThere() throws SQLException {
    Rows.costed(warehouse, "kept", "2026-11-20T10:00:00Z", "\"cost_usd\": 1");

    warehouse.setUp();

    assertThat(
            warehouse.value("SELECT count(*) FROM tokenmeter.costed_usage WHERE event_id = 'kept'"))
        .isEqualTo(1L);
  }

  private record Column(String name, String type, boolean nullable, String comment) {}

  private static List<Column> columns(String table) throws SQLException {
    return warehouse
        .rows(
            "SELECT attname, format_type(atttypid, atttypmod) AS type, attnotnull,"
                + " col_description(attrelid, attnum) AS comment FROM pg_attribute"
                + " WHERE attrelid = 'tokenmeter."
                + table
                + "'::regclass AND attnum > 0 ORDER BY attnum")
        .stream()
        .map(
            row ->
                new Column(
                    (String) row.get("attname"),
                    (String) row.get("type"),
                    !(boolean) row.get("attnotnull"),
                    (String) row.get("comment")))
        .toList();
  }

  private static Column expected(Schema.Field field) {
    boolean optional = field.schema().getType() == Schema.Type.UNION;
    Schema schema =
        optional
            ? field.schema().getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow()
            : field.schema();
    if (field.name().equals("sub_key")) {
      // A part of the primary key, which cannot be null.
      return new Column("sub_key", "text", false, field.doc().replace("Absent for", "Empty for"));
    }
    return new Column(field.name(), type(schema), optional, field.doc());
  }

  private static String type(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return "numeric(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
    }
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMicros) {
      return "timestamp with time zone";
    }
    return switch (schema.getType()) {
      case STRING, ENUM -> "text";
      case INT -> "integer";
      case LONG -> "bigint";
      case DOUBLE -> "double precision";
      case BOOLEAN -> "boolean";
      case BYTES -> "bytea";
      case RECORD, ARRAY, MAP -> "jsonb";
      default -> throw new AssertionError("no column type is decided for " + schema);
    };
  }
}

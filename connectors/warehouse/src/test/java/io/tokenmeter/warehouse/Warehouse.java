package io.tokenmeter.warehouse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An empty warehouse in a database of its own, on the server that all tests of this JVM share. */
final class Warehouse implements AutoCloseable {

  /** A busy machine takes longer than the ten seconds that are the default. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static int databases;

  private final Connection connection;

  Warehouse() throws SQLException {
    String database = "warehouse_" + ++databases;
    try (Connection admin = Server.SHARED.getPostgresDatabase().getConnection();
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    }
    connection = DriverManager.getConnection(Server.SHARED.getJdbcUrl("postgres", database));
    setUp();
  }

  /** Runs the scripts, as often as wanted. */
  void setUp() throws SQLException {
    for (WarehouseScript script : WarehouseScript.of(SinkKind.POSTGRESQL)) {
      execute(script.text());
    }
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Writes a row given as JSON, with the table's columns as keys, as the sink would. */
  void upsert(String table, String key, String json) throws SQLException {
    List<Object> columns =
        columns(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'tokenmeter'"
                + " AND table_name = '"
                + table
                + "' ORDER BY ordinal_position");
    List<String> updates =
        columns.stream()
            .map(Object::toString)
            .filter(column -> !Arrays.asList(key.split(", ")).contains(column))
            .map(column -> column + " = EXCLUDED." + column)
            .toList();
    execute(
        "INSERT INTO tokenmeter.%1$s SELECT * FROM jsonb_populate_record(NULL::tokenmeter.%1$s, '%2$s') ON CONFLICT (%3$s) DO UPDATE SET %4$s"
            .formatted(table, json, key, String.join(", ", updates)));
  }

  /** The only value of a query. */
  Object value(String sql) throws SQLException {
    return columns(sql).get(0);
  }

  /** The first column of a query. */
  List<Object> columns(String sql) throws SQLException {
    return rows(sql).stream().map(row -> row.values().iterator().next()).toList();
  }

  List<Map<String, Object>> rows(String sql) throws SQLException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.put(result.getMetaData().getColumnName(i), result.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static final class Server {
    private static final EmbeddedPostgres SHARED = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

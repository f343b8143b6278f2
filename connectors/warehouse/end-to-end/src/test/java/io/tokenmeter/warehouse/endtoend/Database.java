package io.tokenmeter.warehouse.endtoend;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real PostgreSQL server. */
final class Database implements AutoCloseable {

  /** A busy machine takes longer than the ten seconds that are the default. */
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final EmbeddedPostgres server;
  private final Connection connection;

  Database() throws IOException, SQLException {
    server = EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start();
    connection = DriverManager.getConnection(url());
  }

  String url() {
    return server.getJdbcUrl("postgres", "postgres");
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The rows of a query, each as its columns' texts joined by blanks. */
  List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(result.getString(i));
        }
        rows.add(String.join(" ", cells));
      }
    }
    return rows;
  }

  /** The names of a query's columns. */
  List<String> columns(String sql) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        names.add(result.getMetaData().getColumnName(i));
      }
    }
    return names;
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws IOException, SQLException {
    connection.close();
    server.close();
  }
}

package io.tokenmeter.warehouse;

import java.util.List;
import java.util.Locale;

/** A kind of warehouse that sinks are configured for. */
public enum SinkKind {
  /** PostgreSQL, by Debezium's JDBC sink. */
  POSTGRESQL(List.of("costed-usage", "usage-rollups", "workflow-runs", "alerts", "budgets")),
  /** Iceberg tables, by Iceberg's own sink. */
  ICEBERG(List.of("costed-usage", "usage-rollups", "workflow-runs", "alerts"));

  private final List<String> topics;

  SinkKind(List<String> topics) {
    this.topics = topics;
  }

  /** The catalogued topics that are written, without their prefix. */
  public List<String> topics() {
    return topics;
  }

  String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return folder();
  }
}

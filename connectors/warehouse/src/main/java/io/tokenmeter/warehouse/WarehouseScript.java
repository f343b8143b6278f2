package io.tokenmeter.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The SQL that sets a warehouse up, in the order in which it has to run. */
public enum WarehouseScript {
  POSTGRESQL_SCHEMA("postgresql/01-schema.sql"),
  POSTGRESQL_TABLES("postgresql/02-tables.sql"),
  POSTGRESQL_INDEXES("postgresql/03-indexes.sql"),
  POSTGRESQL_PARTITIONS("postgresql/04-partitions.sql"),
  POSTGRESQL_REVISIONS("postgresql/05-revisions.sql"),
  POSTGRESQL_VIEWS("postgresql/06-views.sql"),
  POSTGRESQL_FOCUS("postgresql/07-focus.sql"),
  ICEBERG_TABLES("iceberg/tables.sql"),
  ICEBERG_VIEWS("iceberg/views.sql");

  private final String resource;

  WarehouseScript(String resource) {
    this.resource = resource;
  }

  /** The scripts for one kind of warehouse. */
  public static List<WarehouseScript> of(SinkKind kind) {
    return Arrays.stream(values())
        .filter(script -> script.resource.startsWith(kind.folder() + "/"))
        .toList();
  }

  /** The statements. */
  public String text() {
    return resource(resource);
  }

  /** A file of this package's resources. */
  static String resource(String name) {
    try (InputStream in = WarehouseScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing from the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

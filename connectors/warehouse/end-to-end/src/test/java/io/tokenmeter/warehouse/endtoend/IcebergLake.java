package io.tokenmeter.warehouse.endtoend;

import io.tokenmeter.warehouse.WarehouseScript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Iceberg tables in a directory, created as the checked-in SQL says. */
final class IcebergLake implements AutoCloseable {

  private static final Pattern TABLE =
      Pattern.compile(
          "CREATE TABLE IF NOT EXISTS (\\w+)\\.(\\w+) \\((.*?)\\n\\)\\nUSING iceberg(?:\\nPARTITIONED BY \\((.*?)\\)\\n)?",
          Pattern.DOTALL);
  private static final Pattern COLUMN =
      Pattern.compile(
          "(?m)^  (\\w+) ([A-Z]+(?:\\((\\d+),(\\d+)\\))?)( NOT NULL)? COMMENT '(.*)',?$");
  private static final Pattern TRANSFORM = Pattern.compile("(\\w+)\\((\\w+)\\)|(\\w+)");
  private static final Map<String, Type> TYPES =
      Map.of(
          "STRING", Types.StringType.get(),
          "INT", Types.IntegerType.get(),
          "BIGINT", Types.LongType.get(),
          "DOUBLE", Types.DoubleType.get(),
          "BINARY", Types.BinaryType.get(),
          "TIMESTAMP", Types.TimestampType.withZone());

  private final HadoopCatalog catalog;

  IcebergLake(Path directory) {
    catalog = new HadoopCatalog(new Configuration(), directory.toString());
    Matcher table = TABLE.matcher(WarehouseScript.ICEBERG_TABLES.text());
    while (table.find()) {
      Schema schema = schema(table.group(3));
      catalog.createTable(
          TableIdentifier.of(table.group(1), table.group(2)),
          schema,
          partitions(schema, table.group(4)));
    }
  }

  /** All rows of a table, as far as they are committed. */
  List<Record> rows(String table) throws IOException {
    List<Record> rows = new ArrayList<>();
    try (CloseableIterable<Record> scan =
        IcebergGenerics.read(catalog.loadTable(TableIdentifier.of("tokenmeter", table))).build()) {
      scan.forEach(rows::add);
    }
    return rows;
  }

  private static Schema schema(String columns) {
    List<Types.NestedField> fields = new ArrayList<>();
    Matcher column = COLUMN.matcher(columns);
    while (column.find()) {
      Type type =
          column.group(3) == null
              ? TYPES.get(column.group(2))
              : Types.DecimalType.of(
                  Integer.parseInt(column.group(3)), Integer.parseInt(column.group(4)));
      int id = fields.size() + 1;
      String doc = column.group(6);
      fields.add(
          column.group(5) == null
              ? Types.NestedField.optional(id, column.group(1), type, doc)
              : Types.NestedField.required(id, column.group(1), type, doc));
    }
    return new Schema(fields);
  }

  private static PartitionSpec partitions(Schema schema, String transforms) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    Matcher transform = TRANSFORM.matcher(transforms == null ? "" : transforms);
    while (transform.find()) {
      if (transform.group(3) != null) {
        spec.identity(transform.group(3));
      } else if (transform.group(1).equals("days")) {
        spec.day(transform.group(2));
      } else {
        spec.month(transform.group(2));
      }
    }
    return spec.build();
  }

  @Override
  public void close() throws IOException {
    catalog.close();
  }
}

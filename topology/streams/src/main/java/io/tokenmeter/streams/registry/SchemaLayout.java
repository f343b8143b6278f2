package io.tokenmeter.streams.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * A schema's binary layout as text: equal layouts have equal bytes with equal meaning, whatever the
 * documentation, defaults and annotations of the two schemas say.
 */
public final class SchemaLayout {
  private SchemaLayout() {}

  /** The layout of a schema. */
  public static String of(Schema schema) {
    StringBuilder text = new StringBuilder();
    append(schema, text, new ArrayList<>());
    return text.toString();
  }

  /** {@code around}: the records that the schema is part of, for one that holds itself. */
  private static void append(Schema schema, StringBuilder text, List<String> around) {
    switch (schema.getType()) {
      case RECORD -> appendRecord(schema, text, around);
      case ENUM -> text.append("enum").append(schema.getEnumSymbols());
      case ARRAY -> {
        text.append("array(");
        append(schema.getElementType(), text, around);
        text.append(')');
      }
      case MAP -> {
        text.append("map(");
        append(schema.getValueType(), text, around);
        text.append(')');
      }
      case UNION -> {
        text.append("union(");
        for (Schema branch : schema.getTypes()) {
          append(branch, text, around);
          text.append('|');
        }
        text.append(')');
      }
      case FIXED -> text.append("fixed").append(schema.getFixedSize());
      default -> text.append(schema.getType());
    }
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      text.append('.').append(decimal.getScale());
    } else if (schema.getLogicalType() != null) {
      text.append('.').append(schema.getLogicalType().getName());
    }
  }

  private static void appendRecord(Schema schema, StringBuilder text, List<String> around) {
    int outer = around.indexOf(schema.getFullName());
    if (outer >= 0) {
      text.append("record").append(outer);
      return;
    }
    around.add(schema.getFullName());
    text.append("record(");
    for (Schema.Field field : schema.getFields()) {
      text.append(field.name()).append(':');
      append(field.schema(), text, around);
      text.append(',');
    }
    text.append(')');
    around.remove(around.size() - 1);
  }
}

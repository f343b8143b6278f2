package io.tokenmeter.connect.avro;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/** Builds the mappings of Avro's types to Connect's. */
final class ValueMappings {

  /** Debezium's names, by which its JDBC sink chooses a column type. */
  static final String ZONED_TIMESTAMP = "io.debezium.time.ZonedTimestamp";

  static final String JSON = "io.debezium.data.Json";

  private static final String PRECISION = "connect.decimal.precision";
  private static final long MILLIS_PER_DAY = 86_400_000;

  private final ConverterSettings settings;

  ValueMappings(ConverterSettings settings) {
    this.settings = settings;
  }

  /**
   * The mapping of a topic's records, which become structs of one field for each of theirs.
   *
   * @throws DataException if the schema is no record, or has a type that Connect cannot hold
   */
  ValueMapping ofRecord(Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new DataException("the schema is no record but " + schema.getType() + ".");
    }
    return struct(schema, false, settings.nestedAsJson(), settings.emptyTextFields());
  }

  private ValueMapping struct(
      Schema schema, boolean optional, boolean nestedAsJson, Set<String> emptyText) {
    SchemaBuilder builder = SchemaBuilder.struct().name(schema.getFullName());
    List<ValueMapping> mappings = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      String name = schema.getFullName() + "." + field.name();
      ValueMapping mapping = of(name, field.schema(), nestedAsJson);
      if (emptyText.contains(field.name())) {
        mapping = emptyWhenAbsent(name, mapping);
      }
      builder.field(field.name(), mapping.schema());
      mappings.add(mapping);
    }
    org.apache.kafka.connect.data.Schema connect = finish(builder, schema, optional);
    return new ValueMapping(connect, record -> fill(connect, mappings, (IndexedRecord) record));
  }

  private static Struct fill(
      org.apache.kafka.connect.data.Schema connect,
      List<ValueMapping> mappings,
      IndexedRecord record) {
    Struct struct = new Struct(connect);
    List<Field> fields = connect.fields();
    for (int i = 0; i < mappings.size(); i++) {
      struct.put(fields.get(i), mappings.get(i).toConnect(record.get(i)));
    }
    return struct;
  }

  private static ValueMapping emptyWhenAbsent(String name, ValueMapping mapping) {
    if (mapping.schema().type() != org.apache.kafka.connect.data.Schema.Type.STRING
        || mapping.schema().name() != null) {
      throw new DataException(
          ConverterSettings.EMPTY_TEXT_FIELDS + " names " + name + ", which is no text.");
    }
    return new ValueMapping(
        org.apache.kafka.connect.data.Schema.STRING_SCHEMA, mapping.conversion(), "");
  }

  private ValueMapping of(String name, Schema avro, boolean nestedAsJson) {
    boolean optional = avro.getType() == Schema.Type.UNION;
    Schema schema = optional ? notNull(name, avro) : avro;
    return switch (schema.getType()) {
      case BOOLEAN -> plain(SchemaBuilder.bool(), schema, optional);
      case INT -> ofInt(schema, optional);
      case LONG -> ofLong(schema, optional);
      case FLOAT -> plain(SchemaBuilder.float32(), schema, optional);
      case DOUBLE -> plain(SchemaBuilder.float64(), schema, optional);
      case STRING, ENUM ->
          new ValueMapping(finish(SchemaBuilder.string(), schema, optional), Object::toString);
      case BYTES, FIXED -> ofBytes(schema, optional);
      case RECORD, ARRAY, MAP ->
          nestedAsJson ? json(schema, optional) : nested(name, schema, optional);
      case NULL, UNION -> throw unsupported(name, schema);
    };
  }

  private static Schema notNull(String name, Schema union) {
    List<Schema> others =
        union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (others.size() != 1 || union.getTypes().size() != 2) {
      throw unsupported(name, union);
    }
    return others.get(0);
  }

  private ValueMapping nested(String name, Schema schema, boolean optional) {
    if (schema.getType() == Schema.Type.RECORD) {
      return struct(schema, optional, false, Set.of());
    }
    if (schema.getType() == Schema.Type.ARRAY) {
      ValueMapping element = of(name, schema.getElementType(), false);
      return new ValueMapping(
          finish(SchemaBuilder.array(element.schema()), schema, optional),
          list -> ((Collection<?>) list).stream().map(element::toConnect).toList());
    }
    ValueMapping value = of(name, schema.getValueType(), false);
    SchemaBuilder map =
        SchemaBuilder.map(org.apache.kafka.connect.data.Schema.STRING_SCHEMA, value.schema());
    return new ValueMapping(
        finish(map, schema, optional),
        entries -> {
          Map<String, Object> copy = new LinkedHashMap<>();
          ((Map<?, ?>) entries).forEach((k, v) -> copy.put(k.toString(), value.toConnect(v)));
          return copy;
        });
  }

  private static ValueMapping json(Schema schema, boolean optional) {
    return new ValueMapping(
        finish(SchemaBuilder.string().name(JSON).version(1), schema, optional),
        value -> NestedJson.of(schema, value));
  }

  private static ValueMapping ofInt(Schema schema, boolean optional) {
    if (schema.getLogicalType() instanceof LogicalTypes.Date) {
      return new ValueMapping(
          finish(org.apache.kafka.connect.data.Date.builder(), schema, optional),
          days -> new Date((int) days * MILLIS_PER_DAY));
    }
    return plain(SchemaBuilder.int32(), schema, optional);
  }

  private static ValueMapping ofLong(Schema schema, boolean optional) {
    ChronoUnit unit = Timestamps.unit(schema);
    if (unit == null) {
      return plain(SchemaBuilder.int64(), schema, optional);
    }
    return new ValueMapping(
        finish(SchemaBuilder.string().name(ZONED_TIMESTAMP).version(1), schema, optional),
        value -> Instant.EPOCH.plus((long) value, unit).toString());
  }

  private static ValueMapping ofBytes(Schema schema, boolean optional) {
    LogicalType type = schema.getLogicalType();
    if (type instanceof LogicalTypes.Decimal decimal) {
      SchemaBuilder builder =
          Decimal.builder(decimal.getScale())
              .parameter(PRECISION, Integer.toString(decimal.getPrecision()));
      return plain(builder, schema, optional);
    }
    return new ValueMapping(
        finish(SchemaBuilder.bytes(), schema, optional),
        value -> value instanceof GenericFixed fixed ? fixed.bytes() : bytes((ByteBuffer) value));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.duplicate().get(copy);
    return copy;
  }

  private static ValueMapping plain(SchemaBuilder builder, Schema schema, boolean optional) {
    return new ValueMapping(finish(builder, schema, optional), value -> value);
  }

  /**
   * Without Avro's default: a Struct would give it out in place of a null, and absent is not zero.
   */
  private static org.apache.kafka.connect.data.Schema finish(
      SchemaBuilder builder, Schema schema, boolean optional) {
    if (schema.getType() == Schema.Type.RECORD && schema.getDoc() != null) {
      builder.doc(schema.getDoc());
    }
    return (optional ? builder.optional() : builder).build();
  }

  private static DataException unsupported(String name, Schema schema) {
    return new DataException(
        "field %s has the type %s; of unions, only those of null and one other type can be read."
            .formatted(name, schema));
  }
}

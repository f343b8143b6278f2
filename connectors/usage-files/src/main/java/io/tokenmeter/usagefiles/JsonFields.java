package io.tokenmeter.usagefiles;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tokenmeter.documents.Suggestion;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.UsageEvent;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * The usage event's fields as JSON holds them, taken from the Avro schema itself, so that a field
 * added there can be read here without a second list to keep.
 */
final class JsonFields {

  /** Reads the value the parser stands at. */
  private interface ValueReader {
    Object read(JsonParser json) throws IOException, UnreadableUsageException;
  }

  private record Field(
      int position, boolean required, @Nullable Object whenAbsent, ValueReader reader) {}

  static {
    GeneratedClasses.trust();
  }

  private final Map<String, Field> fields = new LinkedHashMap<>();

  JsonFields() {
    for (Schema.Field field : UsageEvent.getClassSchema().getFields()) {
      boolean required = !field.hasDefaultValue();
      Object whenAbsent = required ? null : SpecificData.get().getDefaultValue(field);
      ValueReader reader = readerOf(withoutNull(field.schema()));
      fields.put(field.name(), new Field(field.pos(), required, whenAbsent, reader));
    }
  }

  Collection<String> names() {
    return fields.keySet();
  }

  /** Reads one field's value into the event; JSON's null is the same as leaving the field out. */
  void read(String name, JsonParser json, UsageEvent event)
      throws IOException, UnreadableUsageException {
    Field field = fields.get(name);
    if (field == null) {
      throw new UnreadableUsageException(
          "unknown field " + Excerpt.of(name) + Suggestion.of(name, fields.keySet()));
    }
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    try {
      event.put(field.position, field.reader.read(json));
    } catch (UnreadableUsageException e) {
      throw new UnreadableUsageException(name + ": " + e.getMessage());
    }
  }

  /** Gives optional fields their defaults and complains about required ones that are missing. */
  void complete(UsageEvent event) throws UnreadableUsageException {
    for (Map.Entry<String, Field> entry : fields.entrySet()) {
      Field field = entry.getValue();
      if (event.get(field.position) == null) {
        if (field.required) {
          throw new UnreadableUsageException("required field '" + entry.getKey() + "' is missing");
        }
        event.put(field.position, field.whenAbsent);
      }
    }
  }

  private static Schema withoutNull(Schema schema) {
    return schema.isUnion() ? schema.getTypes().get(1) : schema;
  }

  private static ValueReader readerOf(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      return json -> JsonValues.decimal(json, decimal.getPrecision(), decimal.getScale());
    }
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMicros) {
      return json -> Timestamps.parseIso(JsonValues.text(json));
    }
    return switch (schema.getType()) {
      case STRING -> JsonValues::text;
      case INT -> json -> (int) JsonValues.whole(json, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> json -> JsonValues.whole(json, Long.MIN_VALUE, Long.MAX_VALUE);
      case ENUM -> json -> enumOf(schema, JsonValues.text(json));
      case MAP -> mapReader(readerOf(schema.getValueType()));
      default -> throw new IllegalStateException("no JSON form for " + schema);
    };
  }

  private static ValueReader mapReader(ValueReader values) {
    return json -> {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw JsonValues.unexpected("an object", json);
      }
      Map<String, Object> map = new LinkedHashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        json.nextToken();
        try {
          map.put(key, values.read(json));
        } catch (UnreadableUsageException e) {
          throw new UnreadableUsageException(Excerpt.of(key) + ": " + e.getMessage());
        }
      }
      return map;
    };
  }

  private static Object enumOf(Schema schema, String symbol) throws UnreadableUsageException {
    if (!schema.hasEnumSymbol(symbol)) {
      throw new UnreadableUsageException(
          "expected one of "
              + String.join(", ", schema.getEnumSymbols())
              + ", found "
              + Excerpt.of(symbol));
    }
    return SpecificData.get().createEnum(symbol, schema);
  }
}

package io.tokenmeter.usagefiles;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.tokenmeter.schemas.UsageEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Writes a usage event as one line of the JSON that {@link UsageJsonReader} reads. */
public final class UsageJsonWriter {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private UsageJsonWriter() {}

  /** The event as one JSON object without a line end; absent fields and defaults are left out. */
  public static String write(UsageEvent event) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (Schema.Field field : UsageEvent.getClassSchema().getFields()) {
        Object value = event.get(field.pos());
        if (value != null && !isDefault(field, value)) {
          json.writeFieldName(field.name());
          writeValue(json, value);
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static boolean isDefault(Schema.Field field, Object value) {
    return field.schema().getType() == Schema.Type.ENUM
        && value.toString().equals(field.defaultVal());
  }

  private static void writeValue(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(entry.getKey().toString());
        writeValue(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof BigDecimal decimal) {
      json.writeNumber(decimal.stripTrailingZeros());
    } else if (value instanceof Integer || value instanceof Long) {
      json.writeNumber(((Number) value).longValue());
    } else {
      json.writeString(String.valueOf(value));
    }
  }
}

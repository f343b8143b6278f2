package io.tokenmeter.streams.faults;

import io.tokenmeter.schemas.UsageEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Other schemas of the usage event, as older, newer and foreign producers write with. */
final class OlderSchemas {
  private static final Schema CURRENT = UsageEvent.getClassSchema();

  private OlderSchemas() {}

  /** Required fields, tokens and little else. */
  static Schema small() {
    Set<String> kept =
        Set.of(
            "event_id",
            "occurred_at",
            "provider",
            "model",
            "api_key_id",
            "run_id",
            "cost_role",
            "status",
            "input_tokens",
            "output_tokens");
    return of(
        CURRENT.getFields().stream().filter(field -> kept.contains(field.name())).toList(),
        List.of());
  }

  /** All fields in the opposite order. */
  static Schema reversed() {
    List<Schema.Field> fields = new ArrayList<>(CURRENT.getFields());
    Collections.reverse(fields);
    return of(fields, List.of());
  }

  /** All fields and some that are not known yet. */
  static Schema extended() {
    Schema.Field first =
        new Schema.Field("carbon_grams", Schema.create(Schema.Type.DOUBLE), null, 1.5);
    Schema.Field second =
        new Schema.Field("trace_id", Schema.create(Schema.Type.STRING), null, "none");
    List<Schema.Field> fields = new ArrayList<>(CURRENT.getFields());
    fields.add(7, first);
    return of(fields, List.of(second));
  }

  /** The layout of today under another text, and so another id. */
  static Schema otherText() {
    Schema schema = of(CURRENT.getFields(), List.of());
    schema.addProp("owner", "somebody");
    return schema;
  }

  /** A usage event by name, but without a model. */
  static Schema withoutModel() {
    return of(
        CURRENT.getFields().stream().filter(field -> !field.name().equals("model")).toList(),
        List.of());
  }

  private static Schema of(List<Schema.Field> fields, List<Schema.Field> more) {
    List<Schema.Field> copies = new ArrayList<>();
    fields.forEach(field -> copies.add(new Schema.Field(field, field.schema())));
    copies.addAll(more);
    return Schema.createRecord(CURRENT.getName(), null, CURRENT.getNamespace(), false, copies);
  }

  /** The event's fields as far as the schema has them. */
  static GenericRecord convert(UsageEvent event, Schema schema) {
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      Schema.Field own = CURRENT.getField(field.name());
      record.put(
          field.pos(),
          own == null ? GenericData.get().getDefaultValue(field) : event.get(own.pos()));
    }
    return record;
  }
}

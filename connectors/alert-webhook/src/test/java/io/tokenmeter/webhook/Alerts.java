package io.tokenmeter.webhook;

import java.math.BigDecimal;
import java.util.List;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records of the alerts topic, as the converter of this project hands them to sinks. */
final class Alerts {
  private static final Schema DOLLARS = Decimal.builder(12).optional().build();

  static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name("io.tokenmeter.schemas.Alert")
          .field("alert_id", Schema.STRING_SCHEMA)
          .field("state", Schema.STRING_SCHEMA)
          .field("detector", Schema.STRING_SCHEMA)
          .field("severity", Schema.STRING_SCHEMA)
          .field("dimension", Schema.STRING_SCHEMA)
          .field("key", Schema.STRING_SCHEMA)
          .field("since", Schema.STRING_SCHEMA)
          .field("updated_at", Schema.STRING_SCHEMA)
          .field("observed_usd", DOLLARS)
          .field("expected_usd", DOLLARS)
          .field("threshold_usd", DOLLARS)
          .field("at_stake_usd", DOLLARS)
          .field("sentence", Schema.STRING_SCHEMA)
          .field("cause", Schema.STRING_SCHEMA)
          .field("also", Schema.STRING_SCHEMA)
          .field("resolved_at", Schema.OPTIONAL_STRING_SCHEMA)
          .field("drivers", Schema.STRING_SCHEMA)
          .build();

  static final String TOPIC = "tokenmeter.alerts";

  private Alerts() {}

  static Struct firing(String id) {
    return new Struct(SCHEMA)
        .put("alert_id", id)
        .put("state", "FIRING")
        .put("detector", "anomaly")
        .put("severity", "CRITICAL")
        .put("dimension", "api_key")
        .put("key", "key-research")
        .put("since", "2026-03-02T09:30:00.250001Z")
        .put("updated_at", "2026-03-02T09:30:41Z")
        .put("observed_usd", new BigDecimal("1234.500000000000"))
        .put("expected_usd", new BigDecimal("120.250000000001"))
        .put("at_stake_usd", new BigDecimal("26742.000000000000"))
        .put("sentence", "Spend of api_key key-research is 10 times its usual <$120.25>.")
        .put("cause", "spend-up")
        .put("also", "[\"project:search\",\"model:openai/gpt-4o\"]")
        .put(
            "drivers",
            "[{\"name\":\"request volume\",\"part_usd\":\"1114.249999999999\","
                + "\"detail\":\"100 → 1,027 requests\"}]");
  }

  static Struct resolved(String id) {
    return firing(id)
        .put("state", "RESOLVED")
        .put("updated_at", "2026-03-02T10:00:00Z")
        .put("resolved_at", "2026-03-02T09:58:00Z");
  }

  static AlertRecord read(Struct alert) {
    return AlertRecord.of(alert);
  }

  static SinkRecord record(long offset, Struct value) {
    Object id = value == null ? "gone" : value.get("alert_id");
    return new SinkRecord(
        TOPIC,
        0,
        Schema.STRING_SCHEMA,
        id,
        value == null ? null : value.schema(),
        value,
        offset,
        0L,
        TimestampType.LOG_APPEND_TIME);
  }

  static List<SinkRecord> records(Struct... values) {
    return java.util.stream.IntStream.range(0, values.length)
        .mapToObj(offset -> record(offset, values[offset]))
        .toList();
  }
}

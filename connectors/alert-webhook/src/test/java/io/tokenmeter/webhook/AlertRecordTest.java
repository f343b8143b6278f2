package io.tokenmeter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class AlertRecordTest {

  @Test
  void alertOfThisProjectsConverter_isReadToTheLastDigitAndMicrosecond() {
    AlertRecord alert = AlertRecord.of(Alerts.resolved("a-1"));

    assertThat(alert.firing()).isFalse();
    assertThat(alert.since()).isEqualTo(Instant.parse("2026-03-02T09:30:00.250001Z"));
    assertThat(alert.resolvedAt()).isEqualTo(Instant.parse("2026-03-02T09:58:00Z"));
    assertThat(alert.expectedUsd()).isEqualByComparingTo("120.250000000001");
    assertThat(alert.thresholdUsd()).isNull();
    assertThat(alert.also()).containsExactly("project:search", "model:openai/gpt-4o");
    assertThat(alert.drivers())
        .containsExactly(
            new AlertRecord.Driver(
                "request volume", new BigDecimal("1114.249999999999"), "100 → 1,027 requests"));
    assertThat(alert.idempotencyKey()).isEqualTo("a-1#RESOLVED");
  }

  @Test
  void alertOfAnotherConverter_withNestedTypesAndMicroseconds_isReadAlike() {
    Schema driver =
        SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("part_usd", Decimal.schema(12))
            .field("detail", Schema.STRING_SCHEMA);
    SchemaBuilder builder = SchemaBuilder.struct();
    Struct plain = Alerts.firing("a-1");
    plain.schema().fields().stream()
        .filter(field -> !List.of("since", "updated_at", "also", "drivers").contains(field.name()))
        .forEach(field -> builder.field(field.name(), field.schema()));
    Schema schema =
        builder
            .field("since", Schema.INT64_SCHEMA)
            .field("updated_at", org.apache.kafka.connect.data.Timestamp.SCHEMA)
            .field("also", SchemaBuilder.array(Schema.STRING_SCHEMA))
            .field("drivers", SchemaBuilder.array(driver))
            .build();
    Struct nested = new Struct(schema);
    schema.fields().stream()
        .filter(field -> plain.schema().field(field.name()).schema().equals(field.schema()))
        .forEach(field -> nested.put(field, plain.get(field.name())));
    nested
        .put("since", 1_772_443_800_250_001L)
        .put("updated_at", java.util.Date.from(Instant.parse("2026-03-02T09:30:41Z")))
        .put("also", List.of("project:search", "model:openai/gpt-4o"))
        .put(
            "drivers",
            List.of(
                new Struct(driver)
                    .put("name", "request volume")
                    .put("part_usd", new BigDecimal("1114.249999999999"))
                    .put("detail", "100 → 1,027 requests")));

    assertThat(AlertRecord.of(nested)).isEqualTo(AlertRecord.of(plain));
  }

  @Test
  void whatIsNoAlert_isNamed() {
    assertThatThrownBy(() -> AlertRecord.of("text"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "an alert must be a struct, but is String; set value.converter to"
                + " io.tokenmeter.connect.avro.RegistryAvroConverter");
    assertThatThrownBy(() -> AlertRecord.of(Alerts.firing("a").put("since", "yesterday")))
        .isInstanceOf(DataException.class)
        .hasMessage("an alert's field since is not a time: yesterday");
    Schema other = SchemaBuilder.struct().field("alert_id", Schema.STRING_SCHEMA).build();
    assertThatThrownBy(() -> AlertRecord.of(new Struct(other).put("alert_id", "a")))
        .isInstanceOf(DataException.class)
        .hasMessage("an alert's field state is missing");
  }
}

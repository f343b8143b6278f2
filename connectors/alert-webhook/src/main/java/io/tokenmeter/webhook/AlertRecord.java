package io.tokenmeter.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * An alert as the topic has it; see Alert.avsc.
 *
 * @param id stable identity of the alert
 * @param firing whether the cause persists
 * @param also other subjects that the same cause shows in, as DIMENSION:KEY
 * @param drivers parts of the change, the largest first
 */
record AlertRecord(
    String id,
    boolean firing,
    String detector,
    Severity severity,
    String dimension,
    String key,
    String cause,
    String sentence,
    Instant since,
    Instant updatedAt,
    @Nullable Instant resolvedAt,
    @Nullable BigDecimal observedUsd,
    @Nullable BigDecimal expectedUsd,
    @Nullable BigDecimal thresholdUsd,
    @Nullable BigDecimal atStakeUsd,
    List<String> also,
    List<Driver> drivers) {

  /** How urgent an alert is, rising. */
  enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }

  /**
   * One part of a change in spend.
   *
   * @param partUsd dollars of the change that are due to it
   * @param detail what it was and what it is
   */
  record Driver(String name, BigDecimal partUsd, String detail) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads an alert from what a converter made of the record: times as text, dates or microseconds,
   * lists as such or as JSON text.
   *
   * @throws DataException naming the field that is missing or cannot be read
   */
  static AlertRecord of(@Nullable Object value) {
    if (!(value instanceof Struct)) {
      throw new DataException(
          "an alert must be a struct, but is "
              + (value == null ? "null" : value.getClass().getSimpleName())
              + "; set value.converter to io.tokenmeter.connect.avro.RegistryAvroConverter");
    }
    Struct alert = (Struct) value;
    return new AlertRecord(
        text(alert, "alert_id"),
        text(alert, "state").equals("FIRING"),
        text(alert, "detector"),
        severity(text(alert, "severity")),
        text(alert, "dimension"),
        text(alert, "key"),
        text(alert, "cause"),
        text(alert, "sentence"),
        required(time(alert, "since"), "since"),
        required(time(alert, "updated_at"), "updated_at"),
        time(alert, "resolved_at"),
        dollars(alert, "observed_usd"),
        dollars(alert, "expected_usd"),
        dollars(alert, "threshold_usd"),
        dollars(alert, "at_stake_usd"),
        list(alert, "also").stream().map(String::valueOf).toList(),
        list(alert, "drivers").stream().map(AlertRecord::driver).toList());
  }

  /** The key under which a receiver recognises a request that it has seen before. */
  String idempotencyKey() {
    return id + (firing ? "#FIRING" : "#RESOLVED");
  }

  /** The subject as DIMENSION:KEY. */
  String subject() {
    return dimension + ":" + key;
  }

  private static Severity severity(String name) {
    try {
      return Severity.valueOf(name);
    } catch (IllegalArgumentException e) {
      return Severity.WARNING; // as readers of the schema take one that they do not know
    }
  }

  private static Driver driver(Object value) {
    if (value instanceof Struct driver) {
      return new Driver(
          text(driver, "name"),
          required(dollars(driver, "part_usd"), "part_usd"),
          text(driver, "detail"));
    }
    if (value instanceof Map<?, ?> driver) {
      return new Driver(
          String.valueOf(driver.get("name")),
          new BigDecimal(String.valueOf(driver.get("part_usd"))),
          String.valueOf(driver.get("detail")));
    }
    throw new DataException("an alert's drivers must be structs or JSON objects");
  }

  private static @Nullable Object field(Struct struct, String name) {
    Field field = struct.schema().field(name);
    return field == null ? null : struct.get(field);
  }

  private static String text(Struct struct, String name) {
    return String.valueOf(required(field(struct, name), name));
  }

  private static <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw new DataException("an alert's field " + name + " is missing");
    }
    return value;
  }

  private static @Nullable BigDecimal dollars(Struct struct, String name) {
    Object value = field(struct, name);
    return value == null ? null : new BigDecimal(value.toString());
  }

  private static @Nullable Instant time(Struct struct, String name) {
    Object value = field(struct, name);
    if (value == null) {
      return null;
    }
    if (value instanceof Long micros) {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
    if (value instanceof Date date) {
      return date.toInstant();
    }
    try {
      return OffsetDateTime.parse(value.toString()).toInstant();
    } catch (DateTimeParseException e) {
      throw new DataException("an alert's field " + name + " is not a time: " + value, e);
    }
  }

  private static List<Object> list(Struct struct, String name) {
    Object value = field(struct, name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> values) {
      return new ArrayList<>(values);
    }
    try {
      return List.of(JSON.readValue(value.toString(), Object[].class));
    } catch (JsonProcessingException e) {
      throw new DataException("an alert's field " + name + " is no JSON array", e);
    }
  }
}

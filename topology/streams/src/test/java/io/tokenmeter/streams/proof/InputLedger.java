package io.tokenmeter.streams.proof;

import io.tokenmeter.schemas.UsageEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The committed input, judged anew: which records are events, which of them are the first of their
 * id, and which must be rejected, and why.
 */
final class InputLedger {
  private static final Duration MAX_SKEW = Duration.ofHours(24);
  private static final BigDecimal MAX_QUANTITY = new BigDecimal("999999999999");

  private static final List<String> REQUIRED =
      List.of("event_id", "occurred_at", "provider", "model");

  /** Where a record stands. */
  record Place(int partition, long offset) {}

  /** What is known of a record that must be rejected. */
  record Reject(String reason, int valueHash) {}

  private final Records<UsageEvent> records;
  private final Map<String, InputEvent> events = new LinkedHashMap<>();
  private final Map<Place, Reject> rejects = new HashMap<>();
  private long duplicates;

  InputLedger(Records<UsageEvent> records) {
    this.records = records;
  }

  /** The first copy of every event, by event id. */
  Map<String, InputEvent> events() {
    return events;
  }

  Map<Place, Reject> rejects() {
    return rejects;
  }

  long duplicates() {
    return duplicates;
  }

  void read(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    String reason = frameProblem(value);
    UsageEvent event = null;
    if (reason == null) {
      try {
        event = records.decode(value);
        reason = problem(event, Instant.ofEpochMilli(record.timestamp()));
      } catch (IOException | RuntimeException e) {
        reason = "UNDECODABLE";
      }
    }
    if (reason != null) {
      rejects.put(
          new Place(record.partition(), record.offset()),
          new Reject(reason, java.util.Arrays.hashCode(value)));
    } else if (events.putIfAbsent(event.getEventId(), InputEvent.of(event)) != null) {
      duplicates++;
    }
  }

  private String frameProblem(byte[] value) {
    if (value == null) {
      return "UNDECODABLE";
    }
    if (value.length > 512 * 1024) {
      return "TOO_LARGE";
    }
    if (value.length < 5 || value[0] != 0) {
      return "UNDECODABLE";
    }
    Schema writer = records.writer(value).orElse(null);
    if (writer == null) {
      return "UNKNOWN_SCHEMA";
    }
    boolean fits =
        writer.getType() == Schema.Type.RECORD
            && writer.getName().equals("UsageEvent")
            && REQUIRED.stream().allMatch(field -> writer.getField(field) != null);
    return fits ? null : "INCOMPATIBLE_SCHEMA";
  }

  private static String problem(UsageEvent event, Instant arrival) {
    for (String text : new String[] {event.getEventId(), event.getProvider(), event.getModel()}) {
      if (text.isBlank()) {
        return "MISSING_FIELD";
      }
      if (text.length() > 1024) {
        return "TEXT_TOO_LONG";
      }
    }
    if (event.getOccurredAt().isBefore(Instant.parse("2015-01-01T00:00:00Z"))) {
      return "OCCURRED_TOO_EARLY";
    }
    if (event.getOccurredAt().isAfter(arrival.plus(MAX_SKEW))) {
      return "OCCURRED_IN_FUTURE";
    }
    if (event.getExtraUnits() != null) {
      for (Map.Entry<String, BigDecimal> extra : event.getExtraUnits().entrySet()) {
        if (TokenUnits.isToken(extra.getKey())
            && extra.getValue().stripTrailingZeros().scale() > 0) {
          return "FRACTIONAL_TOKENS";
        }
      }
    }
    return quantityProblem(InputEvent.of(event));
  }

  private static String quantityProblem(InputEvent event) {
    Map<String, BigDecimal> quantities = new HashMap<>(event.flat());
    event.tokens().forEach((unit, count) -> quantities.put(unit, BigDecimal.valueOf(count)));
    for (BigDecimal quantity : quantities.values()) {
      if (quantity.signum() < 0) {
        return "NEGATIVE_COUNT";
      }
      if (quantity.compareTo(MAX_QUANTITY) > 0) {
        return "IMPLAUSIBLE_COUNT";
      }
    }
    try {
      TokenUnits.disjoint(event.tokens());
      return null;
    } catch (IllegalArgumentException e) {
      return "CONTRADICTORY_COUNTS";
    }
  }
}

package io.tokenmeter.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** An alert as JSON, with the names of Alert.avsc; dollars are text, so that no digit is lost. */
final class AlertJson {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private AlertJson() {}

  static ObjectNode of(AlertRecord alert) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("alert_id", alert.id());
    json.put("state", alert.firing() ? "FIRING" : "RESOLVED");
    json.put("detector", alert.detector());
    json.put("severity", alert.severity().name());
    json.put("dimension", alert.dimension());
    json.put("key", alert.key());
    json.put("cause", alert.cause());
    json.put("sentence", alert.sentence());
    json.put("since", alert.since().toString());
    json.put("updated_at", alert.updatedAt().toString());
    json.put("resolved_at", alert.resolvedAt() == null ? null : alert.resolvedAt().toString());
    json.put("observed_usd", plain(alert.observedUsd()));
    json.put("expected_usd", plain(alert.expectedUsd()));
    json.put("threshold_usd", plain(alert.thresholdUsd()));
    json.put("at_stake_usd", plain(alert.atStakeUsd()));
    ArrayNode also = json.putArray("also");
    alert.also().forEach(also::add);
    ArrayNode drivers = json.putArray("drivers");
    for (AlertRecord.Driver driver : alert.drivers()) {
      drivers
          .addObject()
          .put("name", driver.name())
          .put("part_usd", plain(driver.partUsd()))
          .put("detail", driver.detail());
    }
    return json;
  }

  static String write(ObjectNode json) {
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }

  private static @Nullable String plain(@Nullable BigDecimal dollars) {
    return dollars == null ? null : Dollars.exact(dollars);
  }
}

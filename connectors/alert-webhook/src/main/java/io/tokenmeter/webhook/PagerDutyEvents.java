package io.tokenmeter.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * Alerts as PagerDuty's events: FIRING triggers and RESOLVED resolves the incident of the same
 * dedup_key. Fields and limits: https://developer.pagerduty.com/docs/events-api-v2-overview and
 * https://developer.pagerduty.com/docs/send-alert-event.
 */
final class PagerDutyEvents implements RequestFormat {
  private static final int LONGEST_DEDUP_KEY = 255;
  private static final int LONGEST_SUMMARY = 1024;

  private final String routingKey;

  PagerDutyEvents(String routingKey) {
    this.routingKey = routingKey;
  }

  @Override
  public AlertRequest request(AlertRecord alert, Instant now) {
    ObjectNode event = AlertJson.MAPPER.createObjectNode();
    event.put("routing_key", routingKey);
    event.put("event_action", alert.firing() ? "trigger" : "resolve");
    event.put("dedup_key", dedupKey(alert.id()));
    event.put("client", "Tokenmeter");
    ObjectNode payload = event.putObject("payload");
    payload.put("summary", Texts.shortened(alert.sentence(), LONGEST_SUMMARY));
    payload.put("source", alert.subject());
    payload.put("severity", alert.severity().name().toLowerCase(Locale.ROOT));
    payload.put("timestamp", alert.updatedAt().toString());
    payload.put("component", alert.key());
    payload.put("group", alert.dimension());
    payload.put("class", alert.detector());
    payload.set("custom_details", AlertJson.of(alert));
    return new AlertRequest(AlertJson.write(event), Map.of());
  }

  /** The alert's id, or its hash where PagerDuty would refuse it as too long. */
  private static String dedupKey(String id) {
    if (id.length() <= LONGEST_DEDUP_KEY) {
      return id;
    }
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(id.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

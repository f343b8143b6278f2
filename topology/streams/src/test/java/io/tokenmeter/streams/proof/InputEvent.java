package io.tokenmeter.streams.proof;

import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What of an accepted event its cost and its roll-ups depend on.
 *
 * @param step the step id; where there is none, what no other event has
 * @param tokens reported token counts by unit name; absent where not reported
 * @param flat quantities of flat units by name
 * @param latency milliseconds; negative where not reported
 * @param content hash of all fields of the event
 */
record InputEvent(
    Instant occurredAt,
    String provider,
    String model,
    String tier,
    String region,
    String apiKey,
    String project,
    String team,
    String customer,
    String workflow,
    String run,
    String step,
    String parentStep,
    boolean leaf,
    boolean failed,
    boolean retry,
    long latency,
    Map<String, Long> tokens,
    Map<String, BigDecimal> flat,
    int content) {

  static InputEvent of(UsageEvent event) {
    Map<String, Long> tokens = new HashMap<>();
    put(tokens, "input_tokens", event.getInputTokens());
    put(tokens, "cache_read_tokens", event.getCacheReadTokens());
    put(tokens, "cache_write_tokens", event.getCacheWriteTokens());
    put(tokens, "cache_write_1h_tokens", event.getCacheWrite1hTokens());
    put(tokens, "output_tokens", event.getOutputTokens());
    put(tokens, "output_reasoning_tokens", event.getReasoningTokens());
    Map<String, BigDecimal> flat = new HashMap<>();
    if (event.getExtraUnits() != null) {
      event
          .getExtraUnits()
          .forEach(
              (unit, quantity) -> {
                if (TokenUnits.isToken(unit)) {
                  tokens.put(unit, quantity.longValueExact());
                } else {
                  flat.put(unit, quantity);
                }
              });
    }
    return new InputEvent(
        event.getOccurredAt(),
        event.getProvider().intern(),
        event.getModel().intern(),
        intern(event.getServiceTier()),
        intern(event.getRegion()),
        intern(event.getApiKeyId()),
        intern(event.getProject()),
        intern(event.getTeam()),
        intern(event.getCustomerId()),
        intern(event.getWorkflow()),
        event.getRunId(),
        event.getStepId() == null ? "event " + event.getEventId() : event.getStepId(),
        event.getParentStepId(),
        event.getCostRole() == CostRole.LEAF,
        event.getStatus() != RequestStatus.OK,
        event.getRetryOf() != null || (event.getAttempt() != null && event.getAttempt() > 1),
        event.getLatencyMs() == null ? -1 : event.getLatencyMs(),
        Map.copyOf(tokens),
        Map.copyOf(flat),
        event.hashCode());
  }

  private static void put(Map<String, Long> tokens, String unit, Long count) {
    if (count != null) {
      tokens.put(unit, count);
    }
  }

  /** The same few strings come two hundred thousand times. */
  private static String intern(String text) {
    return text == null ? null : text.intern();
  }

  boolean isBatch() {
    return "batch".equals(tier);
  }

  long reported(String unit) {
    return tokens.getOrDefault(unit, 0L);
  }

  /** The value of a dimension's part; empty where the event does not carry it. */
  String attribute(String name) {
    String value =
        switch (name) {
          case "model" -> model;
          case "api_key" -> apiKey;
          case "workflow" -> workflow;
          case "project" -> project;
          case "team" -> team;
          case "customer" -> customer;
          default -> throw new IllegalArgumentException(name);
        };
    return value == null ? "" : value;
  }
}

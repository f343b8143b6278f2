package io.tokenmeter.cli.savings;

import io.tokenmeter.cli.totals.LatestCosted;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.policy.SubjectPattern;
import io.tokenmeter.domain.savings.ServedRequest;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.RequestStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes of costed usage what the domain looks for savings in. */
final class ServedRequests {
  private static final int MICROS_SCALE = 6;

  private final List<SubjectPattern> mayWait;
  private final Map<String, String> names = new HashMap<>();

  /**
   * @param mayWait whose requests may be served in batches
   */
  ServedRequests(List<SubjectPattern> mayWait) {
    this.mayWait = mayWait;
  }

  /** The priced ones of some requests. */
  void read(LatestCosted requests, Consumer<ServedRequest> consumer) {
    requests.forEach(
        usage -> {
          if (usage.getCostUsd() != null) {
            consumer.accept(request(usage));
          }
        });
  }

  private ServedRequest request(CostedUsage usage) {
    return new ServedRequest(
        Objects.requireNonNull(name(usage.getProvider())),
        Objects.requireNonNull(name(usage.getModel())),
        name(usage.getServiceTier()),
        name(usage.getRegion()),
        name(usage.getProject()),
        name(usage.getTeam()),
        ChronoUnit.MICROS.between(Instant.EPOCH, usage.getOccurredAt()),
        group(usage),
        task(usage),
        usage.getStatus() == RequestStatus.OK,
        mayWait(usage),
        tokens(usage),
        extras(usage),
        usage.getMaxOutputTokens(),
        Money.of(Objects.requireNonNull(usage.getCostUsd())));
  }

  private String group(CostedUsage usage) {
    String group =
        usage.getWorkflow() != null
            ? "workflow:" + usage.getWorkflow()
            : usage.getApiKeyId() != null ? "api_key:" + usage.getApiKeyId() : "(none)";
    return Objects.requireNonNull(name(group));
  }

  private @Nullable String task(CostedUsage usage) {
    if (usage.getStepName() != null) {
      return name("step:" + usage.getStepName());
    }
    return usage.getWorkflow() == null ? null : name("workflow:" + usage.getWorkflow());
  }

  private boolean mayWait(CostedUsage usage) {
    return mayWait.stream().anyMatch(pattern -> subjects(usage).anyMatch(pattern::matches));
  }

  private static Stream<Subject> subjects(CostedUsage usage) {
    Map<String, String> values = new HashMap<>();
    values.put("model", usage.getModel());
    values.put("provider", usage.getProvider());
    values.put("api_key", usage.getApiKeyId());
    values.put("workflow", usage.getWorkflow());
    values.put("project", usage.getProject());
    values.put("team", usage.getTeam());
    values.put("customer", usage.getCustomerId());
    values.put("environment", usage.getEnvironment());
    values.put("user", usage.getUserId());
    values.put("agent", usage.getAgent());
    values.put("operation", usage.getOperation());
    if (usage.getTags() != null) {
      usage.getTags().forEach((tag, value) -> values.put("tag:" + tag, value));
    }
    return values.entrySet().stream()
        .filter(value -> value.getValue() != null)
        .map(value -> new Subject(value.getKey(), value.getValue()));
  }

  private static Map<Unit, Long> tokens(CostedUsage usage) {
    Map<Unit, Long> tokens = new EnumMap<>(Unit.class);
    put(tokens, Unit.INPUT, usage.getInputTokens());
    put(tokens, Unit.CACHE_READ, usage.getCacheReadTokens());
    put(tokens, Unit.CACHE_WRITE, usage.getCacheWriteTokens());
    put(tokens, Unit.CACHE_WRITE_1H, usage.getCacheWrite1hTokens());
    put(tokens, Unit.OUTPUT, usage.getOutputTokens());
    put(tokens, Unit.OUTPUT_REASONING, usage.getReasoningTokens());
    return Map.copyOf(tokens); // an enum's map has room for every unit there is
  }

  private static void put(Map<Unit, Long> tokens, Unit unit, @Nullable Long count) {
    if (count != null) {
      tokens.put(unit, count);
    }
  }

  private static Map<String, Long> extras(CostedUsage usage) {
    Map<String, BigDecimal> units = usage.getExtraUnits();
    if (units == null || units.isEmpty()) {
      return Map.of();
    }
    Map<String, Long> extras = new HashMap<>();
    units.forEach(
        (unit, quantity) ->
            extras.put(unit, quantity.setScale(MICROS_SCALE).unscaledValue().longValueExact()));
    return extras;
  }

  /** One copy of each name, of which there are few. */
  private @Nullable String name(@Nullable String name) {
    return name == null ? null : names.computeIfAbsent(name, same -> same);
  }
}

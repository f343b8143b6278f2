package io.tokenmeter.mapping.event;

import io.tokenmeter.domain.usage.BillableEvent;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageQuantities;
import io.tokenmeter.domain.usage.UsageValidator;
import io.tokenmeter.schemas.UsageEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Judges an event at the edge as the application will judge it, so that the sender hears of it at
 * once. Not thread-safe.
 */
public final class EventCheck {

  /** Earlier and later instants do not fit into microseconds, and need not. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** What API keys look like; an alias or a hash does not. */
  private static final Pattern SECRET =
      Pattern.compile("(?i)(bearer .+|(sk|pk|rk|gsk|xai|hf)[-_][a-z0-9_-]{20,}|AIza[\\w-]{30,})");

  private final UsageValidator validator;
  private final UsageQuantities quantities = new UsageQuantities();
  private final Instant receivedAt;

  /**
   * @param maxSkew how far after {@code receivedAt} an event may lie
   */
  public EventCheck(Duration maxSkew, Instant receivedAt) {
    this.validator = new UsageValidator(maxSkew);
    this.receivedAt = receivedAt;
  }

  /**
   * Checks the event, and replaces an API key by its hash where a sender put the key itself.
   *
   * @throws RejectedException if the application would reject the event
   */
  public void check(UsageEvent event) throws RejectedException {
    checkTexts(event);
    checkTime(event.getOccurredAt());
    String key = event.getApiKeyId();
    if (key != null && SECRET.matcher(key).matches()) {
      event.setApiKeyId("sha256-" + EventIds.sha256(key).substring(0, 16));
    }
    fill(event);
    throwIfAny(validator.validate(event.getEventId(), billable(event), micros(receivedAt)));
  }

  private void checkTexts(UsageEvent event) throws RejectedException {
    for (Schema.Field field : event.getSchema().getFields()) {
      Object value = event.get(field.pos());
      if (value == null && field.defaultVal() == null) {
        throw new RejectedException(Rejection.missing(field.name()));
      }
      if (value instanceof String text) {
        throwIfAny(validator.checkText(field.name(), text));
        checkUnicode(field.name(), text);
      }
    }
    throwIfAny(validator.checkRequired("provider", event.getProvider()));
    if (event.getTags() != null) {
      for (Map.Entry<String, String> tag : event.getTags().entrySet()) {
        throwIfAny(validator.checkText("the value of a tag", tag.getValue()));
        checkUnicode("a tag", tag.getKey() + tag.getValue());
      }
    }
  }

  /** Half a surrogate pair has no UTF-8: two ids that differ in one would become the same. */
  private static void checkUnicode(String field, String text) throws RejectedException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw RejectedException.malformed(field, "valid Unicode");
    }
  }

  private static void checkTime(Instant occurredAt) throws RejectedException {
    if (occurredAt.isBefore(FIRST) || occurredAt.isAfter(LAST)) {
      throw RejectedException.malformed("occurred_at", "a time between the years 1 and 9999");
    }
  }

  private void fill(UsageEvent event) {
    quantities.clear();
    set(Unit.INPUT, event.getInputTokens());
    set(Unit.CACHE_READ, event.getCacheReadTokens());
    set(Unit.CACHE_WRITE, event.getCacheWriteTokens());
    set(Unit.CACHE_WRITE_1H, event.getCacheWrite1hTokens());
    set(Unit.OUTPUT, event.getOutputTokens());
    set(Unit.OUTPUT_REASONING, event.getReasoningTokens());
    Map<String, BigDecimal> extra = event.getExtraUnits();
    if (extra != null) {
      extra.forEach((unit, value) -> quantities.setExtra(unit, value.unscaledValue().longValue()));
    }
  }

  private void set(Unit unit, @Nullable Long count) {
    if (count != null) {
      quantities.set(unit, count);
    }
  }

  private BillableEvent billable(UsageEvent event) {
    return new BillableEvent(
        event.getProvider(),
        event.getModel(),
        event.getServiceTier(),
        event.getRegion(),
        event.getProject(),
        event.getTeam(),
        micros(event.getOccurredAt()),
        CostRole.valueOf(event.getCostRole().name()),
        quantities);
  }

  /** Not ChronoUnit's way, which goes through nanoseconds and overflows in the year 2262. */
  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  private static void throwIfAny(@Nullable Rejection rejection) throws RejectedException {
    if (rejection != null) {
      throw new RejectedException(rejection);
    }
  }
}

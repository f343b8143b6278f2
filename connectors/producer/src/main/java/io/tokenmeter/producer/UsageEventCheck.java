package io.tokenmeter.producer;

import io.tokenmeter.domain.usage.BillableEvent;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageQuantities;
import io.tokenmeter.domain.usage.UsageValidator;
import io.tokenmeter.schemas.UsageEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Judges an event where it is made as the application will judge it where it arrives, so that its
 * sender hears of it at once. Not thread-safe.
 */
public final class UsageEventCheck {

  /** Microseconds since 1970 hold no more years than these. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** Decimals of an extra unit, by the schema. */
  private static final int UNIT_SCALE = 6;

  private final UsageValidator validator;
  private final UsageQuantities quantities = new UsageQuantities();
  private final Instant now;

  /**
   * @param maxSkew how far after {@code now} an event may lie
   * @param now when events reach the system
   */
  public UsageEventCheck(Duration maxSkew, Instant now) {
    this.validator = new UsageValidator(maxSkew);
    this.now = now;
  }

  /** Why the application would reject the event, or null if it would not. */
  public @Nullable Rejection findRejection(UsageEvent event) {
    Rejection rejection = checkTexts(event);
    if (rejection == null) {
      rejection = checkTags(event.getTags());
    }
    if (rejection == null && ApiKeys.isSecret(event.getApiKeyId())) {
      rejection = Rejection.malformed("api_key_id", "an alias or a hash, never the key itself");
    }
    if (rejection == null) {
      rejection = checkTime(event.getOccurredAt());
    }
    if (rejection == null) {
      rejection = readQuantities(event);
    }
    return rejection != null
        ? rejection
        : validator.validate(event.getEventId(), billable(event), micros(now));
  }

  private @Nullable Rejection checkTexts(UsageEvent event) {
    for (Schema.Field field : event.getSchema().getFields()) {
      Object value = event.get(field.pos());
      if (value == null && field.defaultVal() == null) {
        return Rejection.missing(field.name());
      }
      Rejection rejection = value instanceof String text ? checkText(field.name(), text) : null;
      if (rejection != null) {
        return rejection;
      }
    }
    return validator.checkRequired("provider", event.getProvider());
  }

  private @Nullable Rejection checkTags(@Nullable Map<String, String> tags) {
    if (tags != null) {
      for (Map.Entry<String, String> tag : tags.entrySet()) {
        Rejection rejection = checkText("the name of a tag", tag.getKey());
        if (rejection == null) {
          rejection = checkText("the value of a tag", tag.getValue());
        }
        if (rejection != null) {
          return rejection;
        }
      }
    }
    return null;
  }

  private @Nullable Rejection checkText(String field, String text) {
    return hasLoneSurrogate(text)
        ? Rejection.malformed(field, "valid Unicode")
        : validator.checkText(field, text);
  }

  /** Half a surrogate pair has no UTF-8: two ids that differ in one would become the same. */
  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static @Nullable Rejection checkTime(Instant occurredAt) {
    return occurredAt.isBefore(FIRST) || occurredAt.isAfter(LAST)
        ? Rejection.malformed("occurred_at", "a time between the years 1 and 9999")
        : null;
  }

  private @Nullable Rejection readQuantities(UsageEvent event) {
    quantities.clear();
    set(Unit.INPUT, event.getInputTokens());
    set(Unit.CACHE_READ, event.getCacheReadTokens());
    set(Unit.CACHE_WRITE, event.getCacheWriteTokens());
    set(Unit.CACHE_WRITE_1H, event.getCacheWrite1hTokens());
    set(Unit.OUTPUT, event.getOutputTokens());
    set(Unit.OUTPUT_REASONING, event.getReasoningTokens());
    Map<String, BigDecimal> extra = event.getExtraUnits();
    if (extra != null) {
      for (Map.Entry<String, BigDecimal> unit : extra.entrySet()) {
        BigDecimal micros = unit.getValue().movePointRight(UNIT_SCALE).stripTrailingZeros();
        if (micros.scale() > 0 || micros.precision() - micros.scale() > 18) {
          return Rejection.malformed("extra_units", "decimal(18,6)");
        }
        quantities.setExtra(unit.getKey(), micros.longValueExact());
      }
    }
    return null;
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
}

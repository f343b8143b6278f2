package io.tokenmeter.domain.usage;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an event can be metered. Not thread-safe.
 *
 * <p>Prices play no part in it: an event that is accepted can be priced by any row, or waits for
 * one.
 */
public final class UsageValidator {

  /** How long after its arrival an event may claim to have happened, by default. */
  public static final Duration DEFAULT_MAX_SKEW = Duration.ofHours(24);

  /** Longest text in a field, characters. */
  public static final int MAX_TEXT_LENGTH = 1024;

  /** Largest count or quantity of one event, units; what a decimal(18,6) holds. */
  public static final long MAX_QUANTITY = 999_999_999_999L;

  /** Events from before this were not of language models: 2015-01-01. */
  public static final long EARLIEST_MICROS =
      TimeUnit.SECONDS.toMicros(Instant.parse("2015-01-01T00:00:00Z").getEpochSecond());

  private final long maxSkewMicros;
  private final UsageCells cells = new UsageCells();

  public UsageValidator(Duration maxSkew) {
    maxSkewMicros = TimeUnit.NANOSECONDS.toMicros(maxSkew.toNanos());
  }

  public UsageValidator() {
    this(DEFAULT_MAX_SKEW);
  }

  /**
   * @param arrivedAtMicros when the event reached the system, microseconds since the epoch
   * @return why the event is rejected, or null if it is accepted
   */
  public @Nullable Rejection validate(
      @Nullable String eventId, BillableUsage usage, long arrivedAtMicros) {
    Rejection rejection = checkRequired("event_id", eventId);
    return rejection != null ? rejection : validate(usage, arrivedAtMicros);
  }

  /**
   * As {@link #validate(String, BillableUsage, long)}, for an event whose id was checked already.
   */
  public @Nullable Rejection validate(BillableUsage usage, long arrivedAtMicros) {
    Rejection rejection = checkRequired("provider", usage.provider());
    if (rejection == null) {
      rejection = checkRequired("model", usage.model());
    }
    if (rejection == null) {
      rejection = checkAttribution(usage);
    }
    if (rejection == null) {
      rejection = checkTime(usage.occurredAtMicros(), arrivedAtMicros);
    }
    return rejection != null ? rejection : checkQuantities(usage.quantities());
  }

  /** Checks a text that must be there. */
  public @Nullable Rejection checkRequired(String field, @Nullable String value) {
    return value == null || value.isBlank() ? Rejection.missing(field) : checkText(field, value);
  }

  /** Checks a text that may be absent. */
  public @Nullable Rejection checkText(String field, @Nullable String value) {
    return value == null || value.length() <= MAX_TEXT_LENGTH
        ? null
        : Rejection.tooLong(field, value.length(), MAX_TEXT_LENGTH);
  }

  /** Checks counts and flat quantities: range, wholeness, and parts against totals. */
  public @Nullable Rejection checkQuantities(UsageQuantities quantities) {
    if (quantities.problem() != null) {
      return quantities.problem();
    }
    for (long left = quantities.reportedBits(); left != 0; left &= left - 1) {
      Unit unit = Unit.at(Long.numberOfTrailingZeros(left));
      long count = quantities.get(unit);
      if (count < 0 || count > MAX_QUANTITY) {
        return outOfRange(unit.wireName(), BigDecimal.valueOf(count));
      }
    }
    for (int i = 0; i < quantities.flatCount(); i++) {
      long micros = quantities.flatMicros(i);
      if (micros < 0 || micros > MAX_QUANTITY * UsageQuantities.MICROS_PER_UNIT) {
        return outOfRange(quantities.flatName(i), BigDecimal.valueOf(micros, 6));
      }
      Rejection rejection = checkRequired("extra_units: a unit name", quantities.flatName(i));
      if (rejection != null) {
        return rejection;
      }
    }
    return cells.split(quantities);
  }

  private @Nullable Rejection checkAttribution(BillableUsage usage) {
    Rejection rejection = checkText("service_tier", usage.serviceTier());
    if (rejection == null) {
      rejection = checkText("region", usage.region());
    }
    if (rejection == null) {
      rejection = checkText("project", usage.project());
    }
    return rejection != null ? rejection : checkText("team", usage.team());
  }

  private @Nullable Rejection checkTime(long occurredAtMicros, long arrivedAtMicros) {
    if (occurredAtMicros < EARLIEST_MICROS) {
      return new Rejection(
          RejectionReason.OCCURRED_TOO_EARLY,
          "occurred_at is " + instant(occurredAtMicros) + ", before " + instant(EARLIEST_MICROS));
    }
    if (occurredAtMicros - maxSkewMicros > arrivedAtMicros) {
      return new Rejection(
          RejectionReason.OCCURRED_IN_FUTURE,
          "occurred_at is "
              + instant(occurredAtMicros)
              + ", too long after the arrival at "
              + instant(arrivedAtMicros));
    }
    return null;
  }

  private static Rejection outOfRange(String unit, BigDecimal quantity) {
    return quantity.signum() < 0
        ? Rejection.negative(unit, quantity)
        : Rejection.implausible(unit, quantity, MAX_QUANTITY);
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
  }
}

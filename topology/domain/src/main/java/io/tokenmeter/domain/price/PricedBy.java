package io.tokenmeter.domain.price;

import io.tokenmeter.domain.usage.BillableUsage;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A price row as the price book serves it: the row, and its rates worked out. Immutable. */
public final class PricedBy {

  private final PriceRow row;
  private final String key;
  private final CompiledRates rates;
  private final ModelMatcher matcher;
  private final long fromMicros;
  private final long toMicros;
  private final Optional<PricedBy> found = Optional.of(this);

  /**
   * @throws IllegalArgumentException if the row cannot be used: an unknown time zone, a regular
   *     expression that does not compile, a price that does not fit
   */
  public PricedBy(PriceRow row) {
    this.row = row;
    key = row.key();
    fromMicros = row.effectiveFrom() == null ? Long.MIN_VALUE : micros(row.effectiveFrom());
    toMicros = row.effectiveTo() == null ? Long.MAX_VALUE : micros(row.effectiveTo());
    try {
      rates = new CompiledRates(row);
      matcher = new ModelMatcher(row);
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "price row " + key + " cannot be used: " + e.getMessage(), e);
    }
  }

  public PriceRow row() {
    return row;
  }

  /** {@link PriceRow#key}, computed once. */
  public String key() {
    return key;
  }

  /**
   * First moment of the row, microseconds since the epoch; {@link Long#MIN_VALUE} if it has none.
   */
  public long effectiveFromMicros() {
    return fromMicros;
  }

  /** The rates that apply to an event with so many input tokens in total. */
  public RateTable ratesFor(BillableUsage usage, long inputTokens) {
    return rates.at(usage, inputTokens);
  }

  /** How closely the row names the model: higher is more specific, negative is no match. */
  int specificity(String model) {
    return matcher.specificity(model);
  }

  boolean appliesTo(BillableUsage usage) {
    long at = usage.occurredAtMicros();
    return fromMicros <= at
        && at < toMicros
        && isNullOrEqual(row.region(), usage.region())
        && isNullOrEqual(row.project(), usage.project())
        && isNullOrEqual(row.team(), usage.team());
  }

  Optional<PricedBy> asFound() {
    return found;
  }

  private static boolean isNullOrEqual(@Nullable String wanted, @Nullable String actual) {
    return wanted == null || wanted.equals(actual);
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}

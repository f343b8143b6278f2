package io.tokenmeter.mapping.event;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.RejectionReason;
import io.tokenmeter.domain.usage.UsageValidator;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers of a source, checked before they are added to anything. */
public final class Numbers {

  private static final BigDecimal MAX = BigDecimal.valueOf(UsageValidator.MAX_QUANTITY);
  private static final int MONEY_SCALE = 12;
  private static final int UNIT_SCALE = 6;

  private Numbers() {}

  /**
   * A token count: whole, from 0 to {@link UsageValidator#MAX_QUANTITY}. 12.0 is whole, since some
   * clients have no integers.
   */
  public static long count(String field, BigDecimal value) throws RejectedException {
    checkRange(field, value);
    BigDecimal stripped = value.stripTrailingZeros();
    if (stripped.scale() > 0) {
      throw new RejectedException(
          new Rejection(
              RejectionReason.FRACTIONAL_TOKENS, field + " must be whole, as tokens are"));
    }
    return stripped.longValueExact();
  }

  /** A quantity of a flat unit: up to 6 decimals, further ones rounded half-even. */
  public static BigDecimal quantity(String field, BigDecimal value) throws RejectedException {
    checkRange(field, value);
    return round(value, UNIT_SCALE);
  }

  /**
   * A cost in USD that somebody else calculated, rounded half-even to 12 decimals: gateways add up
   * binary floating point numbers, so its last digits mean nothing.
   */
  public static BigDecimal reportedCost(String field, BigDecimal value) throws RejectedException {
    checkRange(field, value);
    return round(value, MONEY_SCALE);
  }

  /** Milliseconds of a duration in seconds, fractions cut off. */
  public static long millisOfSeconds(String field, BigDecimal seconds) throws RejectedException {
    checkRange(field, seconds);
    return round(seconds, UNIT_SCALE).movePointRight(3).longValue();
  }

  /** Rounds without writing out the digits of an exponent such as 1e-999999999. */
  private static BigDecimal round(BigDecimal value, int scale) {
    boolean tooSmall = (long) value.precision() - value.scale() < -scale;
    return (tooSmall ? BigDecimal.ZERO : value.stripTrailingZeros())
        .setScale(scale, RoundingMode.HALF_EVEN);
  }

  /** Compares before anything is expanded: 1e999999999 must stay a small object. */
  private static void checkRange(String field, BigDecimal value) throws RejectedException {
    if (value.signum() < 0) {
      throw new RejectedException(
          new Rejection(RejectionReason.NEGATIVE_COUNT, field + " is below zero"));
    }
    if (value.compareTo(MAX) > 0) {
      throw new RejectedException(
          new Rejection(
              RejectionReason.IMPLAUSIBLE_COUNT,
              field + " is more than the allowed " + UsageValidator.MAX_QUANTITY));
    }
  }
}

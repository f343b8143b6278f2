package io.tokenmeter.domain.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Unit prices as whole pico-dollars (USD 1e-12) per unit in a {@code long}, up to 9.2 million USD a
 * unit.
 */
public final class Picos {

  private Picos() {}

  /**
   * Dollars per unit to pico-dollars per unit. More than 12 decimals are rounded half-even; ask
   * {@link #isExact} first and report it.
   *
   * @throws ArithmeticException if the price does not fit
   */
  public static long ofDollars(BigDecimal dollarsPerUnit) {
    return dollarsPerUnit
        .setScale(Money.SCALE, RoundingMode.HALF_EVEN)
        .unscaledValue()
        .longValueExact();
  }

  /** Dollars per million units to pico-dollars per unit, rounded as {@link #ofDollars}. */
  public static long ofDollarsPerMillion(BigDecimal dollarsPerMillion) {
    return ofDollars(dollarsPerMillion.scaleByPowerOfTen(-6));
  }

  /** Whether the price needs at most 12 decimals, so that nothing is rounded. */
  public static boolean isExact(BigDecimal dollarsPerUnit) {
    return dollarsPerUnit.stripTrailingZeros().scale() <= Money.SCALE;
  }

  /** {@code picos} times {@code factor}, rounded half-even to a whole pico-dollar. */
  public static long times(long picos, BigDecimal factor) {
    return BigDecimal.valueOf(picos)
        .multiply(factor)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  /** Dollars per unit, with 12 decimals. */
  public static BigDecimal toDollars(long picos) {
    return BigDecimal.valueOf(picos, Money.SCALE);
  }

  /** Dollars per unit in plain decimal notation, without trailing zeros. */
  public static String toPlainString(long picos) {
    return Money.ofPicos(picos).toPlainString();
  }
}

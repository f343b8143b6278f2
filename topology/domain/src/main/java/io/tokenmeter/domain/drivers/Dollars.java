package io.tokenmeter.domain.drivers;

import io.tokenmeter.domain.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Dollars as statistics compute with them and as people read them. */
public final class Dollars {
  private static final double TWO_TO_64 = 0x1p64;

  private Dollars() {}

  /** An exact amount as the nearest double, dollars. */
  public static double of(Money amount) {
    double low = amount.lo() >= 0 ? amount.lo() : amount.lo() + TWO_TO_64;
    // A small negative amount has all bits of the high word set: adding its parts would lose it.
    return amount.hi() == amount.lo() >> 63
        ? amount.lo() * 1e-12
        : (amount.hi() * TWO_TO_64 + low) * 1e-12;
  }

  /**
   * An estimate in dollars as an amount, rounded to a pico-dollar.
   *
   * @throws NumberFormatException if it is infinite or not a number
   */
  public static Money money(double dollars) {
    return Money.of(new BigDecimal(dollars).setScale(Money.SCALE, RoundingMode.HALF_EVEN));
  }

  /**
   * For a person: {@code $1,234} from a thousand on, {@code $41.20}, and two digits of an amount
   * below a cent.
   */
  public static String text(double dollars) {
    double size = Math.abs(dollars);
    String sign = dollars < 0 ? "-$" : "$";
    if (size >= 999.995) {
      return sign + String.format(Locale.ROOT, "%,.0f", size);
    }
    if (size >= 0.00995 || size == 0) {
      return sign + String.format(Locale.ROOT, "%.2f", size);
    }
    BigDecimal two = new BigDecimal(size).round(new java.math.MathContext(2));
    return sign + two.stripTrailingZeros().toPlainString();
  }

  /** For a person, see {@link #text(double)}. */
  public static String text(Money amount) {
    return text(of(amount));
  }
}

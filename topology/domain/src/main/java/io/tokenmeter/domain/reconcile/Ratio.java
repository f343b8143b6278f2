package io.tokenmeter.domain.reconcile;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** How many times as much was metered as is billed. */
final class Ratio {
  private static final int DECIMALS = 9;

  private Ratio() {}

  /** The ratio, or null where one side is not known or nothing is billed. */
  static @Nullable BigDecimal of(@Nullable BigDecimal metered, @Nullable BigDecimal billed) {
    return metered == null || billed == null || billed.signum() == 0
        ? null
        : metered.divide(billed, DECIMALS, RoundingMode.HALF_EVEN);
  }

  static @Nullable BigDecimal of(@Nullable Long metered, @Nullable Long billed) {
    return of(
        metered == null ? null : BigDecimal.valueOf(metered),
        billed == null ? null : BigDecimal.valueOf(billed));
  }

  /** Whether two ratios are the same within two percent. */
  static boolean near(BigDecimal one, BigDecimal other) {
    BigDecimal difference = one.subtract(other).abs();
    return difference.compareTo(other.abs().multiply(new BigDecimal("0.02"))) <= 0;
  }

  /** To four digits. */
  static String text(BigDecimal ratio) {
    return ratio.round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  /** A share as percents to one decimal. */
  static String percent(BigDecimal share) {
    return share.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN).toPlainString() + " %";
  }
}

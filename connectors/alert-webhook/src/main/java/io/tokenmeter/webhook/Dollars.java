package io.tokenmeter.webhook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Dollars as text. */
final class Dollars {
  private Dollars() {}

  /** Every digit, without zeros at the end. */
  static String exact(BigDecimal dollars) {
    return dollars.signum() == 0 ? "0" : dollars.stripTrailingZeros().toPlainString();
  }

  /** For people: to the cent, or two digits of what is less than that. */
  static String readable(BigDecimal dollars) {
    BigDecimal size = dollars.abs();
    int scale = 2;
    if (size.signum() > 0 && size.compareTo(new BigDecimal("0.1")) < 0) {
      scale = size.scale() - size.precision() + 2;
    }
    String digits =
        String.format(Locale.ROOT, "%,." + Math.max(2, scale) + "f", rounded(size, scale));
    return (dollars.signum() < 0 ? "-$" : "$") + digits;
  }

  private static BigDecimal rounded(BigDecimal size, int scale) {
    return size.setScale(Math.max(2, scale), RoundingMode.HALF_EVEN);
  }
}

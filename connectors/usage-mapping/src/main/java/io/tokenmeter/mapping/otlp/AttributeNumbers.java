package io.tokenmeter.mapping.otlp;

import java.math.BigDecimal;

/** Numbers of attributes as {@link Attributes} keeps them. */
final class AttributeNumbers {

  /** Beyond this, digits are not written out: 1e999999999 would fill the memory. */
  private static final int MAX_EXPONENT = 30;

  private AttributeNumbers() {}

  /**
   * The shortest decimal that is this double and no other, which is what its sender meant: 0.1 is
   * 0.1. NaN and the infinities stay doubles.
   */
  static Object ofDouble(double value) {
    return Double.isFinite(value) ? BigDecimal.valueOf(value) : (Object) value;
  }

  /** The number as a label. */
  static String asText(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return Math.abs((long) stripped.scale()) > MAX_EXPONENT
        ? stripped.toString()
        : stripped.toPlainString();
  }
}

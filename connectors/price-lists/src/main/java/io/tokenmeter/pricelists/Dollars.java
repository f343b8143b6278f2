package io.tokenmeter.pricelists;

import io.tokenmeter.documents.Node;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.Picos;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalLong;

/**
 * Reads prices written in dollars into whole pico-dollars a unit. More than 12 decimals are rounded
 * half-even and reported; a negative, malformed or absurdly large price is an error and gives
 * nothing.
 */
final class Dollars {
  /** More digits than any price has; keeps a hostile exponent from being expanded. */
  private static final int MAX_DIGITS = 60;

  private final Findings findings;

  Dollars(Findings findings) {
    this.findings = findings;
  }

  /**
   * The price of one unit.
   *
   * @param per units that the written price buys, such as 1,000,000
   * @param row the row and what of it is priced, for the message
   */
  OptionalLong picos(Node value, long per, String row, String field) {
    if (!(value instanceof Node.Scalar scalar)
        || scalar.type() == Node.ScalarType.BOOLEAN
        || scalar.type() == Node.ScalarType.NULL) {
      findings.error(
          "not-a-price", value.line(), row, field + ": a price expected, found " + value.kind());
      return OptionalLong.empty();
    }
    BigDecimal dollars;
    try {
      dollars = new BigDecimal(scalar.text().strip()).stripTrailingZeros();
    } catch (NumberFormatException e) {
      findings.error(
          "not-a-price", value.line(), row, field + ": '" + scalar.text() + "' is not a number");
      return OptionalLong.empty();
    }
    return picos(dollars, per, value.line(), row, field);
  }

  OptionalLong picos(BigDecimal dollars, long per, int line, String row, String field) {
    if (dollars.signum() < 0) {
      findings.error(
          "negative-price", line, row, field + ": a price is never negative: " + dollars);
      return OptionalLong.empty();
    }
    if (Math.abs((long) dollars.scale()) + dollars.precision() > MAX_DIGITS) {
      findings.error("not-a-price", line, row, field + ": not a plausible price: " + dollars);
      return OptionalLong.empty();
    }
    BigDecimal each = divide(dollars, per);
    long picos;
    try {
      picos = Picos.ofDollars(each);
    } catch (ArithmeticException e) {
      findings.error("not-a-price", line, row, field + ": more than 9 million USD a unit");
      return OptionalLong.empty();
    }
    if (!Picos.isExact(each)) {
      findings.info(
          "rounded",
          line,
          row,
          field
              + ": "
              + dollars.toPlainString()
              + " has more than "
              + Money.SCALE
              + " decimals a unit, rounded half-even to "
              + Picos.toPlainString(picos)
              + " USD a unit");
    }
    return OptionalLong.of(picos);
  }

  /** Exact for powers of ten; an hour's price is divided far beyond what is kept. */
  private static BigDecimal divide(BigDecimal dollars, long per) {
    return dollars
        .divide(BigDecimal.valueOf(per), new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN))
        .stripTrailingZeros();
  }
}

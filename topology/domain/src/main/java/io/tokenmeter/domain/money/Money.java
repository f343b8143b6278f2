package io.tokenmeter.domain.money;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact amount of US dollars: a signed 128-bit count of pico-dollars (USD 1e-12).
 *
 * <p>One {@code long} of pico-dollars ends at 9.2 million USD; 128 bits end at 1.7e26 USD.
 * Arithmetic that would leave that range throws {@link ArithmeticException}.
 *
 * @param hi the upper 64 bits, signed
 * @param lo the lower 64 bits, unsigned
 */
public record Money(long hi, long lo) implements Comparable<Money> {

  /** Decimals of a dollar that money keeps. */
  public static final int SCALE = 12;

  private static final int MOST_DIGITS = 27;

  public static final Money ZERO = new Money(0, 0);

  public static Money ofPicos(long picos) {
    return picos == 0 ? ZERO : new Money(picos >> 63, picos);
  }

  /** The amount whose two's complement is {@code hi:lo}. */
  public static Money of(long hi, long lo) {
    return hi == 0 && lo == 0 ? ZERO : new Money(hi, lo);
  }

  /**
   * The amount in dollars, exactly.
   *
   * @throws ArithmeticException if it has more than 12 decimals or does not fit
   */
  public static Money of(BigDecimal dollars) {
    // "1e999999999" is a short text, and its digits would fill the memory before they do not fit.
    if ((long) dollars.precision() - dollars.scale() > MOST_DIGITS || dollars.scale() > 1000) {
      throw new ArithmeticException("not an amount of money: " + dollars);
    }
    return ofPicos(dollars.setScale(SCALE).unscaledValue());
  }

  /**
   * Reads dollars written in decimal, such as {@code 96.791325}.
   *
   * @throws ArithmeticException if the text has more than 12 decimals or does not fit
   * @throws NumberFormatException if it is not a decimal number
   */
  public static Money parse(String dollars) {
    return of(new BigDecimal(dollars));
  }

  static Money ofPicos(BigInteger picos) {
    if (picos.bitLength() > 127) {
      throw new ArithmeticException("more money than 128 bits of pico-dollars: " + picos);
    }
    return of(picos.shiftRight(64).longValue(), picos.longValue());
  }

  public Money plus(Money other) {
    long low = lo + other.lo;
    long carry = Long.compareUnsigned(low, lo) < 0 ? 1 : 0;
    long high = hi + other.hi + carry;
    if (((hi ^ high) & (other.hi ^ high)) < 0) {
      throw new ArithmeticException("more money than 128 bits of pico-dollars");
    }
    return of(high, low);
  }

  public Money minus(Money other) {
    return plus(other.negate());
  }

  public Money negate() {
    if (hi == Long.MIN_VALUE && lo == 0) {
      throw new ArithmeticException("more money than 128 bits of pico-dollars");
    }
    return of(lo == 0 ? -hi : ~hi, -lo);
  }

  public Money times(long factor) {
    return ofPicos(toPicos().multiply(BigInteger.valueOf(factor)));
  }

  /** -1, 0 or 1. */
  public int signum() {
    return hi < 0 ? -1 : (hi | lo) == 0 ? 0 : 1;
  }

  /** Pico-dollars. */
  public BigInteger toPicos() {
    BigInteger low = new BigInteger(Long.toUnsignedString(lo));
    return BigInteger.valueOf(hi).shiftLeft(64).add(low);
  }

  /** Dollars, always with 12 decimals. */
  public BigDecimal toBigDecimal() {
    return new BigDecimal(toPicos(), SCALE);
  }

  /**
   * Dollars in plain decimal notation, without trailing zeros: {@code 0.0125}, {@code 3}, {@code
   * 0}.
   */
  public String toPlainString() {
    return signum() == 0 ? "0" : toBigDecimal().stripTrailingZeros().toPlainString();
  }

  @Override
  public int compareTo(Money other) {
    return hi != other.hi ? Long.compare(hi, other.hi) : Long.compareUnsigned(lo, other.lo);
  }

  @Override
  public String toString() {
    return toPlainString() + " USD";
  }
}

package io.tokenmeter.domain.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A running total of {@link Money} that is added to in place, so that the hot path allocates
 * nothing.
 *
 * <p>Not thread-safe. Every method throws {@link ArithmeticException} rather than overflow.
 */
public final class MoneySum implements Comparable<MoneySum> {

  private static final long MICROS = 1_000_000;

  private long hi;
  private long lo;

  /** Upper 64 bits of the pico-dollars, signed. */
  public long hi() {
    return hi;
  }

  /** Lower 64 bits of the pico-dollars, unsigned. */
  public long lo() {
    return lo;
  }

  public boolean isZero() {
    return (hi | lo) == 0;
  }

  public void clear() {
    hi = 0;
    lo = 0;
  }

  public void set(long newHi, long newLo) {
    hi = newHi;
    lo = newLo;
  }

  public void add(Money amount) {
    add(amount.hi(), amount.lo());
  }

  public void add(MoneySum other) {
    add(other.hi, other.lo);
  }

  public void addPicos(long picos) {
    add(picos >> 63, picos);
  }

  /** Adds {@code quantity} units at {@code picosPerUnit} each, exactly. */
  public void addProduct(long quantity, long picosPerUnit) {
    add(Math.multiplyHigh(quantity, picosPerUnit), quantity * picosPerUnit);
  }

  /**
   * Adds {@code micros} millionths of a unit at {@code picosPerUnit} a unit; a fraction of a
   * pico-dollar is rounded half-even.
   */
  public void addMicroProduct(long micros, long picosPerUnit) {
    if (micros % MICROS == 0) {
      addProduct(micros / MICROS, picosPerUnit);
      return;
    }
    BigInteger product = BigInteger.valueOf(micros).multiply(BigInteger.valueOf(picosPerUnit));
    add(
        Money.ofPicos(
            new BigDecimal(product, 6).setScale(0, RoundingMode.HALF_EVEN).toBigInteger()));
  }

  /** Adds the amount whose two's complement is {@code otherHi:otherLo}. */
  public void add(long otherHi, long otherLo) {
    long low = lo + otherLo;
    long carry = Long.compareUnsigned(low, lo) < 0 ? 1 : 0;
    long high = hi + otherHi + carry;
    if (((hi ^ high) & (otherHi ^ high)) < 0) {
      throw new ArithmeticException("more money than 128 bits of pico-dollars");
    }
    hi = high;
    lo = low;
  }

  @Override
  public int compareTo(MoneySum other) {
    return hi != other.hi ? Long.compare(hi, other.hi) : Long.compareUnsigned(lo, other.lo);
  }

  public Money toMoney() {
    return Money.of(hi, lo);
  }

  @Override
  public String toString() {
    return toMoney().toString();
  }
}

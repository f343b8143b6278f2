package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link StateWriter} wrote; every method throws {@link IllegalArgumentException} where
 * the bytes are something else.
 */
final class StateReader {
  private final byte[] bytes;
  private int position;

  StateReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long number() {
    long zigzag = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      long next = next();
      zigzag |= (next & 0x7F) << shift;
      if (next < 0x80) {
        return zigzag >>> 1 ^ -(zigzag & 1);
      }
    }
    throw new IllegalArgumentException("not the state of a drift detector: a number is too long");
  }

  /** A number from 0 to a bound. */
  int count(int most) {
    long value = number();
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(
          "not the state of a drift detector: " + value + " is not within 0 and " + most);
    }
    return (int) value;
  }

  double real() {
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << 8 | next();
    }
    return Double.longBitsToDouble(bits);
  }

  @Nullable Long optional() {
    return count(1) == 0 ? null : number();
  }

  String text() {
    int length = count(bytes.length - position);
    if (length > bytes.length - position) {
      throw new IllegalArgumentException("not the state of a drift detector: it is cut short");
    }
    position += length;
    return new String(bytes, position - length, length, StandardCharsets.UTF_8);
  }

  Money money() {
    return Money.of(number(), number());
  }

  UsageSums sums() {
    return new UsageSums(
        number(), number(), number(), number(), number(), number(), number(), number(), money(),
        money(), money(), money(), money());
  }

  private int next() {
    if (position == bytes.length) {
      throw new IllegalArgumentException("not the state of a drift detector: it is cut short");
    }
    return bytes[position++] & 0xFF;
  }
}

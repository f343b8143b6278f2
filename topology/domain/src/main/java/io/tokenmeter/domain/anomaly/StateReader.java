package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.money.Money;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link StateWriter} wrote. */
final class StateReader {
  private final ByteBuffer in;

  StateReader(byte[] bytes) {
    in = ByteBuffer.wrap(bytes);
  }

  /**
   * Reads a state as a whole.
   *
   * @throws IllegalArgumentException if the bytes are cut off, too many or nonsense
   */
  static <T> T read(byte[] bytes, int version, java.util.function.Function<StateReader, T> body) {
    StateReader in = new StateReader(bytes);
    try {
      long found = in.whole();
      if (found != version) {
        throw new IllegalArgumentException(
            "state of version " + found + ", this is version " + version);
      }
      T state = body.apply(in);
      if (in.in.hasRemaining()) {
        throw new IllegalArgumentException(in.in.remaining() + " bytes too many in a state");
      }
      return state;
    } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("a state of " + bytes.length + " bytes is cut off", e);
    }
  }

  long whole() {
    long zigzag = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      zigzag |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return zigzag >>> 1 ^ -(zigzag & 1);
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits in a state");
  }

  float real() {
    return in.getFloat();
  }

  void reals(float[] values) {
    for (int from = 0; from < values.length; from += 8) {
      int used = in.get();
      for (int i = from; i < Math.min(from + 8, values.length); i++) {
        values[i] = (used >> i - from & 1) != 0 ? real() : 0;
      }
    }
  }

  void shorts(short[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (short) whole();
      if (values[i] == 0) {
        i += (int) whole() - 1;
      }
    }
  }

  Money money() {
    long low = whole();
    return low == Long.MIN_VALUE ? Money.of(whole(), whole()) : Money.ofPicos(low);
  }

  /**
   * A number of things that follow.
   *
   * @throws IllegalArgumentException if it is not between 0 and {@code most}
   */
  int count(int most) {
    long count = whole();
    if (count < 0 || count > most) {
      throw new IllegalArgumentException("a state says " + count + " where " + most + " is most");
    }
    return (int) count;
  }

  String text() {
    byte[] bytes = new byte[count(in.remaining())];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

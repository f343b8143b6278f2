package io.tokenmeter.domain.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote. */
final class StateReader {
  /** Written, and perhaps followed by room for more. */
  private final byte[] bytes;

  private int position;

  StateReader(byte[] bytes) {
    this.bytes = bytes;
  }

  long number() {
    long zigzag = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[position++];
      zigzag |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return zigzag >>> 1 ^ -(zigzag & 1);
  }

  int count() {
    return Math.toIntExact(number());
  }

  long hash() {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | (bytes[position++] & 0xff);
    }
    return value;
  }

  boolean flag() {
    return number() != 0;
  }

  /** A copy of what {@link StateWriter#bytes} wrote. */
  byte[] bytes() {
    int length = count();
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  /** A text that was written as one, not as none. */
  String requiredText() {
    String text = text();
    return text == null ? "" : text;
  }

  @Nullable String text() {
    int length = count();
    if (length < 0) {
      return null;
    }
    position += length;
    return new String(bytes, position - length, length, StandardCharsets.UTF_8);
  }
}

package io.tokenmeter.domain.run;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a state's parts one after the other: numbers of variable length, hashes, texts. Not
 * thread-safe.
 */
public final class StateWriter {
  private byte[] bytes;
  private int position;

  /** A writer that has written nothing. */
  public StateWriter() {
    bytes = new byte[256];
  }

  /** A writer that goes on after what was written before. */
  StateWriter(byte[] written) {
    bytes = written;
    position = written.length;
  }

  /** Starts again at the beginning. */
  StateWriter reset() {
    position = 0;
    return this;
  }

  /** Reads what has been written so far, which must not be written over meanwhile. */
  StateReader read() {
    return new StateReader(bytes);
  }

  /** A number in zigzag encoding, 1 to 10 bytes. */
  StateWriter number(long value) {
    ensure(10);
    long zigzag = value << 1 ^ value >> 63;
    while ((zigzag & ~0x7fL) != 0) {
      bytes[position++] = (byte) ((zigzag & 0x7f) | 0x80);
      zigzag >>>= 7;
    }
    bytes[position++] = (byte) zigzag;
    return this;
  }

  /** 8 bytes as they are: shorter than a number for what is random. */
  StateWriter hash(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[position++] = (byte) (value >>> shift);
    }
    return this;
  }

  StateWriter flag(boolean value) {
    return number(value ? 1 : 0);
  }

  /** A text in UTF-8, or none. */
  StateWriter text(@Nullable String value) {
    if (value == null) {
      return number(-1);
    }
    int start = position;
    int length = value.length();
    number(length);
    ensure(length);
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        position = start;
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return bytes(utf8, utf8.length);
      }
      bytes[position + i] = (byte) c;
    }
    position += length;
    return this;
  }

  /** All that another writer has written, with its length. */
  StateWriter bytes(StateWriter other) {
    return bytes(other.bytes, other.position);
  }

  private StateWriter bytes(byte[] source, int length) {
    number(length);
    ensure(length);
    System.arraycopy(source, 0, bytes, position, length);
    position += length;
    return this;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, position);
  }

  private void ensure(int more) {
    if (position + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, position + more));
    }
  }
}

package io.tokenmeter.domain.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An array that grows while a state's parts are written to it one after the other. Each kind of
 * state has a writer of its own on top, with the parts that it knows. Not thread-safe.
 */
public abstract class StateBytes {
  private static final int LONGEST_NUMBER = 10;

  private byte[] bytes;
  private int position;

  /** Goes on after what was written before. */
  protected StateBytes(byte[] written) {
    bytes = written;
    position = written.length;
  }

  /**
   * Begins with nothing.
   *
   * @param room bytes to begin with
   */
  protected StateBytes(int room) {
    bytes = new byte[room];
  }

  /** A copy of what has been written. */
  public final byte[] toByteArray() {
    return Arrays.copyOf(bytes, position);
  }

  /** What has been written, and perhaps room for more behind it; not to be changed. */
  protected final byte[] array() {
    return bytes;
  }

  /** Starts again at the beginning. */
  protected final void clear() {
    position = 0;
  }

  /** A number in zigzag encoding, 1 to 10 bytes. */
  protected final void putNumber(long value) {
    ensure(LONGEST_NUMBER);
    byte[] to = bytes;
    int at = position;
    long zigzag = value << 1 ^ value >> 63;
    while ((zigzag & ~0x7fL) != 0) {
      to[at++] = (byte) (zigzag & 0x7f | 0x80);
      zigzag >>>= 7;
    }
    to[at++] = (byte) zigzag;
    position = at;
  }

  /** The lowest 8 bits. */
  protected final void putByte(int value) {
    ensure(1);
    bytes[position++] = (byte) value;
  }

  /** 4 bytes as they are, the highest first. */
  protected final void putInt(int value) {
    ensure(Integer.BYTES);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[position++] = (byte) (value >>> shift);
    }
  }

  /** 8 bytes as they are, the highest first. */
  protected final void putLong(long value) {
    ensure(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[position++] = (byte) (value >>> shift);
    }
  }

  /** The length of a text in UTF-8, and the text. */
  protected final void putText(String text) {
    int start = position;
    int length = text.length();
    putNumber(length);
    ensure(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        position = start;
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putNumber(utf8.length);
        putBytes(utf8, utf8.length);
        return;
      }
      bytes[position + i] = (byte) c;
    }
    position += length;
  }

  /** All that another has, with its length. */
  protected final void putWithLength(StateBytes other) {
    putNumber(other.position);
    putBytes(other.bytes, other.position);
  }

  /** The first bytes of an array as they are. */
  protected final void putBytes(byte[] source, int length) {
    ensure(length);
    System.arraycopy(source, 0, bytes, position, length);
    position += length;
  }

  private void ensure(int more) {
    if (position + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, position + more));
    }
  }
}

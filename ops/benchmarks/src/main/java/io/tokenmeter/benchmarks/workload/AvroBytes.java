package io.tokenmeter.benchmarks.workload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer that is written in Avro's binary encoding. */
final class AvroBytes {
  private byte[] buffer = new byte[512];
  private int length;

  void clear() {
    length = 0;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(buffer, length);
  }

  AvroBytes raw(int value) {
    reserve(1);
    buffer[length++] = (byte) value;
    return this;
  }

  AvroBytes raw(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
    return this;
  }

  /** An int or long: zig-zag, seven bits a byte, lowest first. */
  AvroBytes number(long value) {
    reserve(10);
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      buffer[length++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    buffer[length++] = (byte) rest;
    return this;
  }

  /** The absent branch of a union that begins with null. */
  AvroBytes absent() {
    return raw(0);
  }

  /** The branch of a union that follows null. */
  AvroBytes present() {
    return raw(2);
  }

  AvroBytes presentNumber(long value) {
    return present().number(value);
  }

  /** Several absent fields in a row. */
  AvroBytes absent(int fields) {
    for (int i = 0; i < fields; i++) {
      absent();
    }
    return this;
  }

  /** Decimal digits, padded with zeros to {@code width}; no length before them. */
  AvroBytes digits(int value, int width) {
    reserve(width);
    int rest = value;
    for (int i = length + width - 1; i >= length; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += width;
    return this;
  }

  /** The low {@code width} hexadecimal digits; no length before them. */
  AvroBytes hex(long value, int width) {
    reserve(width);
    for (int i = width - 1; i >= 0; i--) {
      buffer[length++] = (byte) Character.forDigit((int) (value >>> (4 * i)) & 0xF, 16);
    }
    return this;
  }

  /** A string's encoding, length first. */
  static byte[] string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new AvroBytes().number(bytes.length).raw(bytes).toByteArray();
  }

  private void reserve(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}

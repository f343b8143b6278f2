package io.tokenmeter.streams.avro;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes an Avro body field by field into a growing byte array. Encoding: Apache Avro specification
 * 1.12, "Binary Encoding". One instance is reused; not thread-safe.
 */
public final class AvroBodyWriter {
  private byte[] bytes = new byte[1024];
  private int position;

  /** Starts again at the beginning. */
  public AvroBodyWriter reset() {
    position = 0;
    return this;
  }

  /** A copy of all that was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, position);
  }

  /** Bytes written so far. */
  public int size() {
    return position;
  }

  /** Writes raw bytes. */
  public AvroBodyWriter writeRaw(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, position, length);
    position += length;
    return this;
  }

  /** Writes raw bytes. */
  public AvroBodyWriter writeRaw(byte[] source) {
    return writeRaw(source, 0, source.length);
  }

  /** Writes one raw byte. */
  public AvroBodyWriter writeRawByte(int value) {
    ensure(1);
    bytes[position++] = (byte) value;
    return this;
  }

  /** Writes a long, an int, or the index of an enum's symbol or of a union's branch. */
  public AvroBodyWriter writeLong(long value) {
    ensure(10);
    long zigzag = value << 1 ^ value >> 63;
    while ((zigzag & ~0x7fL) != 0) {
      bytes[position++] = (byte) ((zigzag & 0x7f) | 0x80);
      zigzag >>>= 7;
    }
    bytes[position++] = (byte) zigzag;
    return this;
  }

  /** Writes the null branch of an optional field. */
  public AvroBodyWriter writeNull() {
    return writeRawByte(0);
  }

  /** Writes the branch of an optional field that has a value. */
  public AvroBodyWriter writePresent() {
    return writeRawByte(2);
  }

  /** Writes a string's UTF-8 bytes, or bytes. */
  public AvroBodyWriter writeBytes(byte[] value) {
    return writeLong(value.length).writeRaw(value);
  }

  /** Writes a string. */
  public AvroBodyWriter writeString(String value) {
    int length = value.length();
    int start = position;
    writeLong(length);
    ensure(length);
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 0x80) {
        position = start;
        return writeBytes(value.getBytes(StandardCharsets.UTF_8));
      }
      bytes[position + i] = (byte) c;
    }
    position += length;
    return this;
  }

  /** Writes an optional string. */
  public AvroBodyWriter writeOptionalString(@Nullable String value) {
    return value == null ? writeNull() : writePresent().writeString(value);
  }

  /** Writes a double. */
  public AvroBodyWriter writeDouble(double value) {
    ensure(8);
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < 8; i++) {
      bytes[position++] = (byte) (bits >>> (8 * i));
    }
    return this;
  }

  /** Writes a decimal's unscaled value in as few bytes as hold it. */
  public AvroBodyWriter writeDecimal(long unscaled) {
    int length = (64 - Long.numberOfLeadingZeros(unscaled ^ unscaled >> 63)) / 8 + 1;
    ensure(length + 1);
    bytes[position++] = (byte) (length << 1);
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      bytes[position++] = (byte) (unscaled >> shift);
    }
    return this;
  }

  /** Writes a decimal's 128-bit unscaled value in as few bytes as hold it. */
  public AvroBodyWriter writeDecimal(long high, long low) {
    if (high == low >> 63) {
      return writeDecimal(low);
    }
    int length = 8 + (64 - Long.numberOfLeadingZeros(high ^ high >> 63)) / 8 + 1;
    ensure(length + 1);
    bytes[position++] = (byte) (length << 1);
    for (int i = length - 9; i >= 0; i--) {
      bytes[position++] = (byte) (high >> (8 * i));
    }
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[position++] = (byte) (low >> shift);
    }
    return this;
  }

  private void ensure(int more) {
    if (position + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, position + more));
    }
  }
}

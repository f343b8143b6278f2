package io.tokenmeter.streams.avro;

import io.tokenmeter.domain.money.Money;

/**
 * Reads an Avro body field by field from a byte array.
 *
 * <p>Every read is checked against the end of the body, so that no bytes, however damaged, are read
 * beyond it. Encoding: Apache Avro specification 1.12, "Binary Encoding". One instance is reused;
 * not thread-safe.
 */
public final class AvroBodyReader {
  private byte[] bytes = new byte[0];
  private int position;
  private int end;

  /** Starts on the body that begins at {@code from} and ends before {@code to}. */
  public void start(byte[] source, int from, int to) {
    bytes = source;
    position = from;
    end = to;
  }

  /** Where the next read begins. */
  public int position() {
    return position;
  }

  /**
   * Checks that nothing is left.
   *
   * @throws MalformedAvroException if there are bytes after the last field
   */
  public void expectEnd() {
    if (position != end) {
      throw new MalformedAvroException((end - position) + " bytes are left after the last field");
    }
  }

  /** Reads a long, or an int, or the index of an enum's symbol or of a union's branch. */
  public long readLong() {
    if (position < end) {
      byte first = bytes[position];
      if (first >= 0) {
        position++;
        return (first >>> 1) ^ -(first & 1L);
      }
    }
    return readLongSlowly();
  }

  private long readLongSlowly() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (position >= end) {
        throw endedEarly();
      }
      byte next = bytes[position++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new MalformedAvroException("a number at byte " + position + " is longer than ten bytes");
  }

  /** Reads the index of an enum's symbol. */
  public int readEnum(int symbols) {
    long index = readLong();
    if (index < 0 || index >= symbols) {
      throw new MalformedAvroException("enum symbol " + index + " at byte " + position);
    }
    return (int) index;
  }

  /** Reads the branch of a union of null and something else; true if there is something. */
  public boolean readPresent() {
    if (position >= end) {
      throw endedEarly();
    }
    byte branch = bytes[position++];
    if (branch == 0) {
      return false;
    }
    if (branch == 2) {
      return true;
    }
    throw new MalformedAvroException("union branch " + branch + " at byte " + position);
  }

  /** Reads a string or bytes as a {@link Slice}. */
  public long readSlice() {
    long length = readLong();
    if (length < 0 || length > end - position) {
      throw new MalformedAvroException("a string of " + length + " bytes at byte " + position);
    }
    long slice = Slice.of(position, (int) length);
    position += (int) length;
    return slice;
  }

  /** Reads an optional string or bytes as a {@link Slice}; {@link Slice#ABSENT} for null. */
  public long readOptionalSlice() {
    return readPresent() ? readSlice() : Slice.ABSENT;
  }

  /** Reads an optional long; {@code absent} for null. */
  public long readOptionalLong(long absent) {
    return readPresent() ? readLong() : absent;
  }

  /**
   * Reads the number of entries in the next block of a map or an array; 0 ends it.
   *
   * @throws MalformedAvroException if there cannot be that many entries in what is left
   */
  public int readBlockCount() {
    long count = readLong();
    if (count < 0) {
      // A negative count is followed by the block's size in bytes.
      count = -count;
      readLong();
    }
    if (count < 0 || count > end - position) {
      throw new MalformedAvroException("a block of " + count + " entries at byte " + position);
    }
    return (int) count;
  }

  /** Reads a decimal's unscaled value that must fit a long. */
  public long readUnscaledLong() {
    long slice = readSlice();
    int length = Slice.length(slice);
    int offset = Slice.offset(slice);
    if (length == 0) {
      throw new MalformedAvroException("an empty decimal at byte " + position);
    }
    long value = bytes[offset];
    for (int i = 1; i < length; i++) {
      long next = (value << 8) | (bytes[offset + i] & 0xff);
      if (next >> 8 != value) {
        throw new MalformedAvroException("a decimal out of range at byte " + position);
      }
      value = next;
    }
    return value;
  }

  /** Reads a decimal of 12 places that must fit 128 bits. */
  public Money readMoney() {
    long slice = readSlice();
    int length = Slice.length(slice);
    if (length == 0 || length > 2 * Long.BYTES) {
      throw new MalformedAvroException("a decimal of " + length + " bytes at byte " + position);
    }
    long low = bytes[Slice.offset(slice)];
    long high = low >> 63;
    for (int i = 1; i < length; i++) {
      high = high << 8 | low >>> 56;
      low = low << 8 | bytes[Slice.offset(slice) + i] & 0xff;
    }
    return Money.of(high, low);
  }

  /** Reads an int above 0. */
  public int readPositiveInt() {
    long value = readLong();
    if (value <= 0 || value > Integer.MAX_VALUE) {
      throw new MalformedAvroException("the number " + value + " at byte " + position);
    }
    return (int) value;
  }

  private MalformedAvroException endedEarly() {
    return new MalformedAvroException("the record ends early, at byte " + end);
  }
}

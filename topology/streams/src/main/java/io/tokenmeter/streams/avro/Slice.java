package io.tokenmeter.streams.avro;

/** A range of a byte array packed into a long: offset in the high half, length in the low half. */
public final class Slice {
  /** No range: the field is absent. */
  public static final long ABSENT = -1;

  private Slice() {}

  /** Packs a range. */
  public static long of(int offset, int length) {
    return (long) offset << 32 | length;
  }

  /** Where the range begins. */
  public static int offset(long slice) {
    return (int) (slice >>> 32);
  }

  /** How many bytes it has. */
  public static int length(long slice) {
    return (int) slice;
  }
}

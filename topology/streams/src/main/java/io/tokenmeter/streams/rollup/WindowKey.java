package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.rollup.Window;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the store of windows: length of the window, start, subject. Ordered by start within a
 * length, so that expiry deletes from the front and never scans.
 */
final class WindowKey {
  /** Holds the latest minute seen; sorts after all windows. */
  static final Bytes STREAM_TIME = Bytes.wrap(new byte[] {(byte) 0x7f});

  private static final int PREFIX = 1 + Long.BYTES;

  private WindowKey() {}

  static Bytes of(Window window, long start, byte[] subject) {
    ByteBuffer key = ByteBuffer.allocate(PREFIX + subject.length);
    return Bytes.wrap(
        key.put((byte) window.ordinal()).putLong(sortable(start)).put(subject).array());
  }

  /** The first possible key of windows that start at a minute. */
  static Bytes first(Window window, long start) {
    return of(window, start, new byte[0]);
  }

  static Window window(Bytes key) {
    return Window.ofOrdinal(key.get()[0]);
  }

  static long start(Bytes key) {
    return sortable(ByteBuffer.wrap(key.get()).getLong(1));
  }

  static byte[] subject(Bytes key) {
    return java.util.Arrays.copyOfRange(key.get(), PREFIX, key.get().length);
  }

  /**
   * Turns the sign bit round, so that minutes before 1970 sort before those after it as unsigned
   * bytes.
   */
  private static long sortable(long minute) {
    return minute ^ Long.MIN_VALUE;
  }
}

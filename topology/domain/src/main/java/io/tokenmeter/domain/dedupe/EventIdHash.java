package io.tokenmeter.domain.dedupe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A 128-bit hash of an event id: MurmurHash3_x64_128 with seed 0, by Austin Appleby (public
 * domain).
 *
 * <p>Two different ids share a hash with a chance of about n²/2^129: one in 10^18 for ten billion
 * ids. An instance is reused for every event, so that hashing allocates nothing; it is not safe for
 * use by several threads.
 */
public final class EventIdHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long C1 = 0x87c37b91114253d5L;
  private static final long C2 = 0x4cf5ad432745937fL;

  private long high;
  private long low;

  /** First 64 bits of the last hash. */
  public long high() {
    return high;
  }

  /** Last 64 bits of the last hash. */
  public long low() {
    return low;
  }

  /**
   * Hashes {@code length} bytes from {@code offset}; the result is read by {@link #high} and {@link
   * #low}.
   */
  public void hash(byte[] bytes, int offset, int length) {
    long h1 = 0;
    long h2 = 0;
    int blocks = length >>> 4;
    for (int i = 0; i < blocks; i++) {
      h1 ^= mixFirst((long) LONGS.get(bytes, offset + i * 16));
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= mixSecond((long) LONGS.get(bytes, offset + i * 16 + 8));
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }
    int tail = offset + blocks * 16;
    int rest = length & 15;
    h2 ^= mixSecond(littleEndian(bytes, tail + 8, rest - 8));
    h1 ^= mixFirst(littleEndian(bytes, tail, Math.min(rest, 8)));
    h1 ^= length;
    h2 ^= length;
    h1 += h2;
    h2 += h1;
    h1 = finish(h1);
    h2 = finish(h2);
    high = h1 + h2;
    low = h2 + high;
  }

  private static long mixFirst(long k) {
    return Long.rotateLeft(k * C1, 31) * C2;
  }

  private static long mixSecond(long k) {
    return Long.rotateLeft(k * C2, 33) * C1;
  }

  private static long littleEndian(byte[] bytes, int offset, int count) {
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[offset + i] & 0xff);
    }
    return value;
  }

  private static long finish(long hash) {
    long h = hash;
    h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
    h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
    return h ^ h >>> 33;
  }
}

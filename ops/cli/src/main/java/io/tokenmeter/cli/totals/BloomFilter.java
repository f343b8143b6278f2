package io.tokenmeter.cli.totals;

/**
 * A Bloom filter of 128-bit hashes: says of one that it was certainly not added, or that it may
 * have been. With {@value #BITS_PER_ID} bits and {@value #PROBES} probes an id, fewer than one in a
 * hundred is taken for an added one.
 */
final class BloomFilter {
  private static final int BITS_PER_ID = 12;
  private static final int PROBES = 4;

  private final long[] words;
  private final long bits;

  /** A filter for so many ids; with more of them it errs more often. */
  BloomFilter(long ids) {
    long wanted = Math.max(1, ids) * BITS_PER_ID / Long.SIZE + 1;
    words = new long[(int) Math.min(wanted, Integer.MAX_VALUE - 8)];
    bits = (long) words.length * Long.SIZE;
  }

  /** Adds an id by its hash; whether it may have been there before. */
  boolean add(long high, long low) {
    boolean known = true;
    long hash = high;
    for (int probe = 0; probe < PROBES; probe++) {
      long bit = Long.remainderUnsigned(hash, bits);
      int word = (int) (bit >>> 6);
      long mask = 1L << bit;
      known &= (words[word] & mask) != 0;
      words[word] |= mask;
      hash += low | 1;
    }
    return known;
  }
}

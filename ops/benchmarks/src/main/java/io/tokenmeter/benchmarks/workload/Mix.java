package io.tokenmeter.benchmarks.workload;

/**
 * Random numbers as pure functions of a seed, so that any event can be made without the ones before
 * it.
 */
final class Mix {

  private Mix() {}

  /**
   * The n-th number of the stream that begins at {@code seed} (SplitMix64; Steele, Lea, Flood
   * 2014).
   */
  static long at(long seed, long n) {
    long z = seed + (n + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Sixteen of a number's bits as an index from 0 to 65,535; part 0 to 3. */
  static int chunk(long random, int part) {
    return (int) (random >>> (16 * part)) & 0xFFFF;
  }
}

package io.tokenmeter.benchmarks.detectors.spend;

import java.util.SplittableRandom;

/**
 * Randomness by place: the same seed and place give the same numbers, in whatever order places are
 * asked for. So a minute's spend does not depend on which minutes were generated before it.
 */
final class Dice {
  /** Up to this many requests are drawn one by one, more by the normal approximation. */
  private static final int ONE_BY_ONE = 24;

  private static final double LARGE_MEAN = 30;

  private Dice() {}

  static SplittableRandom at(long seed, long place) {
    return new SplittableRandom(mix(seed, place));
  }

  static SplittableRandom at(long seed, long place, long time) {
    return new SplittableRandom(mix(mix(seed, place), time));
  }

  /** A seed of its own for a part. */
  static long mix(long seed, long part) {
    long z = seed * 0x9E3779B97F4A7C15L + part + 0x632BE59BD9B4E019L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  static double between(SplittableRandom random, double low, double high) {
    return low + random.nextDouble() * (high - low);
  }

  /** Between two positive bounds, each order of magnitude equally likely. */
  static double logUniform(SplittableRandom random, double low, double high) {
    return low * Math.pow(high / low, random.nextDouble());
  }

  /** A Poisson variate; from a mean of {@value #LARGE_MEAN} on by the normal approximation. */
  static long poisson(SplittableRandom random, double mean) {
    if (mean <= 0) {
      return 0;
    }
    if (mean > LARGE_MEAN) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    double product = random.nextDouble();
    long count = 0;
    while (product > limit) {
      product *= random.nextDouble();
      count++;
    }
    return count;
  }

  /**
   * The sum of {@code count} log-normal variates of a mean, with a standard deviation of the log.
   */
  static double logNormalSum(SplittableRandom random, long count, double mean, double sigma) {
    if (count <= ONE_BY_ONE) {
      double median = mean * Math.exp(-sigma * sigma / 2);
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += median * Math.exp(sigma * random.nextGaussian());
      }
      return sum;
    }
    double deviation = mean * Math.sqrt((Math.exp(sigma * sigma) - 1) * count);
    return Math.max(0.2 * count * mean, count * mean + deviation * random.nextGaussian());
  }
}

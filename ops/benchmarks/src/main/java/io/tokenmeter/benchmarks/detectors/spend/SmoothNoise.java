package io.tokenmeter.benchmarks.detectors.spend;

/**
 * Gaussian noise that changes slowly: standard normal at knots of a fixed spacing and linear
 * between them. Remembers the last two knots, so it is for one reader that goes through time.
 */
final class SmoothNoise {
  private final long seed;
  private final long spacingMinutes;
  private long knot = Long.MIN_VALUE;
  private double left;
  private double right;

  SmoothNoise(long seed, long spacingMinutes) {
    this.seed = seed;
    this.spacingMinutes = spacingMinutes;
  }

  double at(long minute) {
    long wanted = Math.floorDiv(minute, spacingMinutes);
    if (wanted != knot) {
      left = Dice.at(seed, wanted).nextGaussian();
      right = Dice.at(seed, wanted + 1).nextGaussian();
      knot = wanted;
    }
    double share = (double) Math.floorMod(minute, spacingMinutes) / spacingMinutes;
    return left + share * (right - left);
  }
}

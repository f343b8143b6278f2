package io.tokenmeter.benchmarks.workload;

import java.util.Random;

/** Skewed distributions as tables of 65,536 equally likely values. */
final class Quantiles {
  private static final int SIZE = 1 << 16;

  private Quantiles() {}

  /** Ranks 0 to {@code count - 1}, rank r in proportion to 1 / (r + 1): Zipf's law. */
  static int[] zipf(int count) {
    double[] weights = new double[count];
    for (int rank = 0; rank < count; rank++) {
      weights[rank] = 1.0 / (rank + 1);
    }
    return ofWeights(weights);
  }

  /** Indexes of the weights, each in proportion to its weight. */
  static int[] ofWeights(double[] weights) {
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    int[] table = new int[SIZE];
    double reached = 0;
    int from = 0;
    for (int index = 0; index < weights.length; index++) {
      reached += weights[index];
      int to = index == weights.length - 1 ? SIZE : (int) Math.round(reached / total * SIZE);
      java.util.Arrays.fill(table, from, Math.max(from, to), index);
      from = Math.max(from, to);
    }
    return table;
  }

  /** A log-normal distribution with the given median, as whole numbers of at least 1. */
  static int[] logNormal(double median, double sigma) {
    Random random = new Random(42);
    int[] table = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      double value = median * Math.exp(sigma * random.nextGaussian());
      table[i] = (int) Math.max(1, Math.min(200_000, Math.round(value)));
    }
    return table;
  }
}

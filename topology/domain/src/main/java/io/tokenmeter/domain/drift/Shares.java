package io.tokenmeter.domain.drift;

/** Arithmetic on arrays that hold a number for each model. */
final class Shares {
  private Shares() {}

  static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** Each part's share of all, 0 to 1; their sum must not be 0. */
  static double[] of(double[] parts) {
    double total = sum(parts);
    double[] shares = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      shares[i] = parts[i] / total;
    }
    return shares;
  }

  static double[] times(double[] a, double[] b) {
    double[] products = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      products[i] = a[i] * b[i];
    }
    return products;
  }

  /** How many models have a share in either mix; 2 or more. */
  static int models(double[] p, double[] q) {
    int models = 0;
    for (int i = 0; i < p.length; i++) {
      models += p[i] > 0 || q[i] > 0 ? 1 : 0;
    }
    return Math.max(2, models);
  }
}

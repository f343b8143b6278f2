package io.tokenmeter.domain.drift;

/**
 * How far two mixes are apart. A mix is an array of shares, each 0 to 1, together 1; both arrays
 * have the same length.
 */
public final class Divergence {
  /**
   * Shares below this count as this much for the stability index, which would be infinite for a
   * model that is new or gone.
   */
  static final double LEAST_SHARE = 0.001;

  private static final double LN_2 = Math.log(2);

  private Divergence() {}

  /**
   * The population stability index, 0 or more: the sum of {@code (p - q) ln(p / q)}. The same
   * whichever mix comes first.
   */
  public static double psi(double[] p, double[] q) {
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      if (p[i] != q[i]) {
        double pi = Math.max(LEAST_SHARE, p[i]);
        double qi = Math.max(LEAST_SHARE, q[i]);
        sum += (pi - qi) * Math.log(pi / qi);
      }
    }
    return sum;
  }

  /**
   * The Jensen-Shannon distance, 0 to 1: the square root of the divergence with base-2 logarithm
   * (D. M. Endres and J. E. Schindelin, A new metric for probability distributions, IEEE
   * Transactions on Information Theory 49, 2003).
   */
  public static double jsd(double[] p, double[] q) {
    double nats = 0;
    for (int i = 0; i < p.length; i++) {
      double middle = (p[i] + q[i]) / 2;
      nats += (entropyTerm(p[i], middle) + entropyTerm(q[i], middle)) / 2;
    }
    return Math.sqrt(Math.max(0, nats / LN_2));
  }

  /**
   * What the stability index stays below when both mixes are samples of the same requests: it is
   * distributed as chi-square with one degree of freedom less than there are models, times {@code
   * 1/n + 1/m} (B. Yurdakul and J. Naranjo, Statistical properties of the population stability
   * index, Journal of Risk Model Validation 14, 2020).
   *
   * @param models models in either sample, 2 or more
   * @param n requests in one sample, above 0
   * @param m requests in the other, above 0
   * @param deviations how many standard deviations of a normal variate may pass for chance
   */
  static double psiByChance(int models, double n, double m, double deviations) {
    return chiSquare(models - 1, deviations) * (1 / n + 1 / m);
  }

  /** The distance that belongs to a small stability index: its divergence is an eighth of it. */
  static double jsdOfPsi(double psi) {
    return Math.min(1, Math.sqrt(psi / 8 / LN_2));
  }

  /** The quantile by the approximation of Wilson and Hilferty (1931). */
  private static double chiSquare(int freedom, double deviations) {
    double ninth = 2.0 / (9 * freedom);
    double root = 1 - ninth + deviations * Math.sqrt(ninth);
    return freedom * root * root * root;
  }

  private static double entropyTerm(double share, double middle) {
    return share <= 0 ? 0 : share * Math.log(share / middle);
  }
}

package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.drift.UsualMix.Mix;
import org.jspecify.annotations.Nullable;

/**
 * How much a subject's mix differs from its own baseline from hour to hour while nothing is wrong:
 * requests come in runs of one model, and days differ. Learned from every hour, the last few days
 * counting most.
 */
final class UsualChange {
  private static final double FORGET = 0.99;
  private static final double DEVIATIONS = 4;
  private static final double LEAST_RATIO = 0.1;
  private static final double FIRST_STEP = 6;
  private static final double LEAST_STEP = 0.2;
  private static final double UPPER_QUARTILE = 0.75;

  private static final double HIGHEST_PSI = 0.5;
  private static final double HIGHEST_JSD = 0.3;

  /** Upper quartile of the logarithm of how much further hours are apart than sampling explains. */
  private double logClustered;

  private long hours;
  private double psi;
  private double psiSquares;
  private double jsd;
  private double jsdSquares;
  private double distances;

  /** Requests by model of the last hour that was learned. */
  private double @Nullable [] hourBefore;

  /**
   * Learns from an hour.
   *
   * @param requests of the hour, by model
   * @param usual the mix that was usual then; null where that is hardly known yet: then the hour
   *     before stands in, to learn how requests come
   */
  void add(double[] requests, @Nullable Mix usual) {
    double total = Shares.sum(requests);
    double[] shares = Shares.of(requests);
    if (usual != null) {
      double hourPsi = Divergence.psi(shares, usual.shares());
      addDistance(
          Math.min(HIGHEST_PSI, hourPsi),
          Math.min(HIGHEST_JSD, Divergence.jsd(shares, usual.shares())));
      addClustered(hourPsi, shares, usual.shares(), 1 / total + 1 / usual.requests());
    } else if (hourBefore != null) {
      double before = Shares.sum(hourBefore);
      double[] sharesBefore = Shares.of(hourBefore);
      double hourPsi = Divergence.psi(shares, sharesBefore);
      addClustered(hourPsi, shares, sharesBefore, 1 / total + 1 / before);
    }
    hourBefore = requests;
  }

  private void addClustered(double hourPsi, double[] p, double[] q, double bySampling) {
    double expected = (Shares.models(p, q) - 1) * bySampling;
    double logRatio = Math.log(Math.max(LEAST_RATIO, hourPsi / expected));
    hours++;
    // The quartile moves a step toward each value (Robbins and Monro, 1951): a few hours in which
    // the mix did change do not count for more than that.
    double step = Math.max(LEAST_STEP, FIRST_STEP / hours);
    logClustered += step * (logRatio > logClustered ? UPPER_QUARTILE : UPPER_QUARTILE - 1);
  }

  private void addDistance(double hourPsi, double hourJsd) {
    distances = FORGET * distances + 1;
    psi = FORGET * psi + hourPsi;
    psiSquares = FORGET * psiSquares + hourPsi * hourPsi;
    jsd = FORGET * jsd + hourJsd;
    jsdSquares = FORGET * jsdSquares + hourJsd * hourJsd;
  }

  /** How many requests count as one, because they come together; 1 or more. */
  double clustered() {
    return Math.max(1, Math.exp(logClustered));
  }

  /** What the index of an hour rarely exceeds. */
  double psi() {
    return limit(psi, psiSquares);
  }

  /** What the distance of an hour rarely exceeds. */
  double jsd() {
    return limit(jsd, jsdSquares);
  }

  private double limit(double sum, double squares) {
    if (distances == 0) {
      return 0;
    }
    double mean = sum / distances;
    return mean + DEVIATIONS * Math.sqrt(Math.max(0, squares / distances - mean * mean));
  }

  void write(StateWriter out) {
    out.number(hours).real(logClustered).real(psi).real(psiSquares);
    out.real(jsd).real(jsdSquares).real(distances);
    double[] before = hourBefore == null ? new double[0] : hourBefore;
    out.number(before.length);
    for (double requests : before) {
      out.number(Math.round(requests));
    }
  }

  static UsualChange read(StateReader in) {
    UsualChange change = new UsualChange();
    change.hours = in.number();
    change.logClustered = in.real();
    change.psi = in.real();
    change.psiSquares = in.real();
    change.jsd = in.real();
    change.jsdSquares = in.real();
    change.distances = in.real();
    double[] before = new double[in.count(ModelIndex.SIZE)];
    for (int model = 0; model < before.length; model++) {
      before[model] = in.number();
    }
    change.hourBefore = before.length == 0 ? null : before;
    return change;
  }
}

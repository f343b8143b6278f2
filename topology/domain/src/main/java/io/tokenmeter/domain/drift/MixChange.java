package io.tokenmeter.domain.drift;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Driver;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.drivers.Dollars;
import io.tokenmeter.domain.drivers.ModelUsage;
import io.tokenmeter.domain.drivers.SpendChange;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a changed mix means: which requests moved where, and in dollars.
 *
 * <p>Both mixes are priced at the same cost a request by model, so that the factor is that of the
 * move alone.
 */
final class MixChange {
  private static final int MINUTES_PER_DAY = 1440;
  private static final long MICROS_PER_MINUTE = 60_000_000L;
  private static final double MOSTLY = 0.8;

  private final MixComparison comparison;
  private final ModelIndex models;
  private final UsualMix usual;
  private final MixSlot used;
  private final double[] costs;
  private final double[] before;
  private final double[] now;

  MixChange(MixComparison comparison, DriftState state) {
    this.comparison = comparison;
    models = state.models;
    usual = state.usual;
    used = state.recent.last(comparison.window().minutes, state.latestMinute);
    costs = comparison.window().costs(state.usual);
    before = comparison.usual().shares();
    now = comparison.actual();
  }

  /** Dollars that the move adds in a day at the present rate of requests, or saves. */
  double dollarsPerDay() {
    double perDay = comparison.requests() * MINUTES_PER_DAY / comparison.window().minutes;
    return perDay * (MixComparer.meanCost(now, costs) - MixComparer.meanCost(before, costs));
  }

  Finding begins(Subject subject, DriftPolicy policy, long nowMicros) {
    double perDay = dollarsPerDay();
    Money atStake = Dollars.money(Math.max(0, perDay));
    Money observed = observed();
    Money expected = expected();
    MixWindow window = comparison.window();
    return new Finding(
        Detector.MODEL_DRIFT,
        perDay >= 0 ? DriftDetector.DEARER : DriftDetector.CHEAPER,
        subject,
        true,
        window.start * MICROS_PER_MINUTE,
        nowMicros,
        window.start * MICROS_PER_MINUTE,
        (window.start + window.minutes) * MICROS_PER_MINUTE,
        observed,
        expected,
        null,
        atStake,
        severity(atStake, policy),
        drivers(expected, observed),
        sentence(subject, perDay));
  }

  /** What is remembered of the change once it is reported. */
  Drift reportedAs(Finding finding) {
    MixSlot changed = new MixSlot(comparison.window().start, 0);
    return new Drift(
        finding.sinceMicros(),
        finding.cause(),
        finding.atStake(),
        comparison.moved(),
        comparison.requestsToSee(),
        changed);
  }

  static Finding ended(Drift drift, Subject subject, String why, long nowMicros) {
    return new Finding(
        Detector.MODEL_DRIFT,
        drift.cause,
        subject,
        false,
        drift.sinceMicros,
        nowMicros,
        drift.sinceMicros,
        nowMicros,
        null,
        null,
        null,
        drift.atStake,
        Severity.INFO,
        List.of(),
        why);
  }

  private static Severity severity(Money atStake, DriftPolicy policy) {
    if (atStake.compareTo(policy.critical()) >= 0) {
      return Severity.CRITICAL;
    }
    return atStake.compareTo(policy.warning()) >= 0 ? Severity.WARNING : Severity.INFO;
  }

  private Money observed() {
    Money sum = Money.ZERO;
    for (int model = 0; model < ModelIndex.SIZE; model++) {
      UsageSums sums = used.of(model);
      sum = sums == null ? sum : sum.plus(sums.cost());
    }
    return sum;
  }

  /** What as many requests would have cost with the usual mix. */
  private Money expected() {
    return Dollars.money(comparison.requests() * MixComparer.meanCost(before, usualCosts()));
  }

  /** Dollars a request by model before the move; of models that are new since, as now. */
  private double[] usualCosts() {
    double[] usualCosts = costs.clone();
    for (int model = 0; model < ModelIndex.SIZE; model++) {
      ModelUsage known = usual.usage(model);
      if (known != null && known.requests() > 0) {
        usualCosts[model] = Math.max(0, known.cost() / known.requests());
      }
    }
    return usualCosts;
  }

  private List<Driver> drivers(Money expected, Money observed) {
    Map<String, ModelUsage> usually = new HashMap<>();
    Map<String, ModelUsage> actually = new HashMap<>();
    for (int model = 0; model < ModelIndex.SIZE; model++) {
      ModelUsage known = usual.usage(model);
      if (known != null && known.requests() > 0) {
        usually.put(models.name(model), known.times(before[model] / known.requests()));
      }
      UsageSums sums = used.of(model);
      if (sums != null) {
        actually.put(models.name(model), ModelUsage.of(sums));
      }
    }
    double hours = comparison.window().minutes / 60.0;
    return new SpendChange(usually, actually, expected, observed, hours).drivers();
  }

  /**
   * Such as {@code 30 % of key-x's requests moved from gpt-4o-mini to gpt-4o: a request costs 5.7
   * times as much (16.7 times per moved request), $41.20 a day more at this rate.}
   */
  private String sentence(Subject subject, double perDay) {
    double moved = comparison.moved();
    String move =
        String.format(
            Locale.ROOT,
            "%s of %s's requests moved from %s to %s",
            percent(moved),
            subject.key(),
            names(-1, moved),
            names(1, moved));
    double arrived = 0;
    double left = 0;
    for (int model = 0; model < ModelIndex.SIZE; model++) {
      double gain = now[model] - before[model];
      arrived += Math.max(0, gain) * costs[model];
      left += Math.max(0, -gain) * costs[model];
    }
    if (arrived == 0 || left == 0) {
      return move + "; not all of these models have a price, so its cost is not known.";
    }
    double factor = MixComparer.meanCost(now, costs) / MixComparer.meanCost(before, costs);
    return String.format(
        Locale.ROOT,
        "%s: a request costs %s (%s per moved request), %s a day %s at this rate.",
        move,
        times(factor),
        factorText(arrived / left),
        Dollars.text(Math.abs(perDay)),
        perDay < 0 ? "less" : "more");
  }

  /** The model that lost (-1) or gained (1) most, and whether it was alone. */
  private String names(int sign, double moved) {
    int most = 0;
    for (int model = 1; model < ModelIndex.SIZE; model++) {
      most = sign * (now[model] - before[model]) > sign * (now[most] - before[most]) ? model : most;
    }
    boolean alone = sign * (now[most] - before[most]) >= MOSTLY * moved;
    return models.name(most) + (alone ? "" : " and others");
  }

  private static String times(double factor) {
    return factor >= 1 ? factorText(factor) + " as much" : percent(1 - factor) + " less";
  }

  private static String factorText(double factor) {
    return String.format(Locale.ROOT, factor < 0.1 ? "%.2f times" : "%.1f times", factor);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.1f %%" : "%.0f %%", 100 * share);
  }
}

package io.tokenmeter.benchmarks.detectors;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule on dollars an hour, as most teams would write it: an alert begins as soon as the running
 * hour is over the upper limit, or when a whole hour is under the lower one, and ends with the
 * first hour within both.
 */
final class HourlyRule implements Contender {
  private static final double HOURS_PER_DAY = 24;

  /** The limits of a subject, from its whole hours. */
  interface Limits {
    /** Dollars an hour above which spend is too high. */
    double upper(HourlySpend history);

    /** Dollars an hour below which spend is too low. */
    double lower(HourlySpend history);
  }

  private static final class Watch {
    final HourlySpend spend;
    double upper = Double.POSITIVE_INFINITY;
    double lower = Double.NEGATIVE_INFINITY;
    boolean up;
    boolean down;
    long since;

    Watch(int hours) {
      spend = new HourlySpend(hours);
    }
  }

  private final int hours;
  private final Limits limits;
  private final boolean fixed;
  private final Map<Subject, Watch> watches = new LinkedHashMap<>();

  private HourlyRule(int hours, Limits limits, boolean fixed) {
    this.hours = hours;
    this.limits = limits;
    this.fixed = fixed;
  }

  /** Mean ± 2 standard deviations of the last seven days' hours. */
  static HourlyRule twoStandardDeviations() {
    Limits limits =
        new Limits() {
          @Override
          public double upper(HourlySpend history) {
            return history.mean() + 2 * history.standardDeviation();
          }

          @Override
          public double lower(HourlySpend history) {
            return history.mean() - 2 * history.standardDeviation();
          }
        };
    return new HourlyRule(7 * 24, limits, false);
  }

  /**
   * A limit per subject, set once: the highest hour of its own first days.
   *
   * @param days from which it is set
   */
  static HourlyRule staticThreshold(int days) {
    Limits limits =
        new Limits() {
          @Override
          public double upper(HourlySpend history) {
            return history.highest();
          }

          @Override
          public double lower(HourlySpend history) {
            return Double.NEGATIVE_INFINITY;
          }
        };
    return new HourlyRule(24 * days, limits, true);
  }

  @Override
  public List<Finding> watch(SubjectTick tick) {
    List<Finding> findings = new ArrayList<>();
    watches.forEach(
        (subject, watch) -> {
          if (watch.spend.isOver(tick.minute())) {
            close(subject, watch, tick, findings);
          }
        });
    tick.models().forEach((subject, models) -> spend(subject, models, tick, findings));
    return findings;
  }

  private void spend(
      Subject subject, Map<String, UsageSums> models, SubjectTick tick, List<Finding> findings) {
    Watch watch = watches.computeIfAbsent(subject, unused -> new Watch(hours));
    if (!watch.spend.hasBegun()) {
      watch.spend.begin(tick.minute());
    }
    watch.spend.add(models);
    if (!watch.up && watch.spend.running() > watch.upper) {
      watch.up = true;
      watch.since = tick.nowMicros();
      findings.add(finding(subject, watch, "spend-up", true, tick.nowMicros()));
    }
  }

  /** Judges a whole hour, and sets the limits of the next. */
  private void close(Subject subject, Watch watch, SubjectTick tick, List<Finding> findings) {
    double dollars = watch.spend.running();
    if (watch.up && dollars <= watch.upper) {
      findings.add(finding(subject, watch, "spend-up", false, tick.nowMicros()));
      watch.up = false;
    }
    boolean low = dollars < watch.lower;
    if (low != watch.down) {
      watch.since = low ? tick.nowMicros() : watch.since;
      findings.add(finding(subject, watch, "spend-down", low, tick.nowMicros()));
      watch.down = low;
    }
    watch.spend.begin(tick.minute());
    if (watch.spend.isFull() && !(fixed && watch.upper < Double.POSITIVE_INFINITY)) {
      watch.upper = limits.upper(watch.spend);
      watch.lower = limits.lower(watch.spend);
    }
  }

  private static Finding finding(
      Subject subject, Watch watch, String cause, boolean firing, long nowMicros) {
    double limit = cause.equals("spend-up") ? watch.upper : watch.lower;
    double away = Math.abs(watch.spend.running() - watch.spend.mean());
    return new Finding(
        Detector.ANOMALY,
        cause,
        subject,
        firing,
        watch.since,
        nowMicros,
        watch.since,
        nowMicros,
        money(watch.spend.running()),
        money(watch.spend.mean()),
        money(limit),
        money(HOURS_PER_DAY * away),
        Severity.WARNING,
        List.of(),
        subject + " " + cause);
  }

  private static Money money(double dollars) {
    return Money.of(BigDecimal.valueOf(dollars).setScale(Money.SCALE, RoundingMode.HALF_EVEN));
  }
}

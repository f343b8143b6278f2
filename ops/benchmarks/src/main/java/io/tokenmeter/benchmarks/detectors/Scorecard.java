package io.tokenmeter.benchmarks.detectors;

import io.tokenmeter.benchmarks.detectors.spend.Fault;
import io.tokenmeter.benchmarks.detectors.spend.FaultType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a contender's alerts were worth, over all scenarios. */
public final class Scorecard {
  private static final double MICROS_PER_SECOND = 1e6;

  private final Map<FaultType, Integer> faults = new EnumMap<>(FaultType.class);
  private final Map<FaultType, List<Double>> seconds = new EnumMap<>(FaultType.class);
  private int alerts;
  private int useful;
  private int repeated;
  private int wrong;
  private double subjectWeeks;

  Scorecard() {
    for (FaultType type : FaultType.values()) {
      faults.put(type, 0);
      seconds.put(type, new ArrayList<>());
    }
  }

  void add(List<Fault> all, Verdict verdict, double weeksOfSubjects) {
    all.forEach(fault -> faults.merge(fault.type(), 1, Integer::sum));
    verdict
        .detected()
        .forEach(
            (fault, micros) -> {
              List<Double> times = seconds.get(fault.type());
              if (times != null) {
                times.add(micros / MICROS_PER_SECOND);
              }
            });
    alerts += verdict.alerts();
    useful += verdict.useful();
    repeated += verdict.repeated();
    wrong += verdict.wrong();
    subjectWeeks += weeksOfSubjects;
  }

  /** Share of the alerts that were the first to name a fault, 0 to 1; 1 where there were none. */
  public double precision() {
    return alerts == 0 ? 1 : (double) useful / alerts;
  }

  /** Share of the alerts that were about a fault at all, repetitions included; else as above. */
  public double plainPrecision() {
    return alerts == 0 ? 1 : (double) (useful + repeated) / alerts;
  }

  /** Share of the faults that an alert named, 0 to 1. */
  public double recall() {
    return share(type -> true);
  }

  /** Share of the faults of a type that an alert named, 0 to 1. */
  public double recall(FaultType type) {
    return share(type::equals);
  }

  /** Alerts for nothing per subject and week. */
  public double falseAlertsPerSubjectWeek() {
    return wrong / subjectWeeks;
  }

  /**
   * A quantile of the seconds from the start of a detected fault to its alert; NaN where none was
   * detected.
   *
   * @param types which faults
   * @param quantile 0 to 1
   */
  public double secondsToDetect(Predicate<FaultType> types, double quantile) {
    List<Double> times = new ArrayList<>();
    seconds.forEach(
        (type, all) -> {
          if (types.test(type)) {
            times.addAll(all);
          }
        });
    if (times.isEmpty()) {
      return Double.NaN;
    }
    Collections.sort(times);
    return times.get((int) Math.ceil(quantile * times.size()) - (quantile > 0 ? 1 : 0));
  }

  /** How many faults of a type there were. */
  public int faults(FaultType type) {
    return faults.getOrDefault(type, 0);
  }

  /** All alerts. */
  public int alerts() {
    return alerts;
  }

  /** Alerts that were the first to name a fault. */
  public int useful() {
    return useful;
  }

  /** Alerts for what had one already, or for a subject that only shared the spend. */
  public int repeated() {
    return repeated;
  }

  /** Alerts for nothing. */
  public int wrong() {
    return wrong;
  }

  /** Subjects times weeks that were watched. */
  public double subjectWeeks() {
    return subjectWeeks;
  }

  private double share(Predicate<FaultType> types) {
    int detected = 0;
    int all = 0;
    for (FaultType type : FaultType.values()) {
      if (types.test(type)) {
        detected += seconds.getOrDefault(type, List.of()).size();
        all += faults(type);
      }
    }
    return all == 0 ? 1 : (double) detected / all;
  }
}

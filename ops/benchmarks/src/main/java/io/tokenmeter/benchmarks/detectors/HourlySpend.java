package io.tokenmeter.benchmarks.detectors;

import io.tokenmeter.domain.rollup.UsageSums;
import java.util.Map;

/** Dollars of one subject in its running hour and in the hours before it, for the references. */
final class HourlySpend {
  private static final int MINUTES = 60;

  private final double[] hours;
  private long hour = Long.MIN_VALUE;
  private long seen;
  private double running;

  /**
   * Nothing spent yet.
   *
   * @param remembered how many whole hours are kept
   */
  HourlySpend(int remembered) {
    hours = new double[remembered];
  }

  /** Whether a minute begins a new hour, so that the running one is over. */
  boolean isOver(long minute) {
    return hour != Long.MIN_VALUE && Math.floorDiv(minute, MINUTES) != hour;
  }

  /** Whether any minute was seen. */
  boolean hasBegun() {
    return hour != Long.MIN_VALUE;
  }

  /** Puts the running hour with the whole ones and begins that of a minute. */
  void begin(long minute) {
    if (hour != Long.MIN_VALUE) {
      hours[(int) (seen++ % hours.length)] = running;
    }
    running = 0;
    hour = Math.floorDiv(minute, MINUTES);
  }

  void add(Map<String, UsageSums> byModel) {
    for (UsageSums sums : byModel.values()) {
      running += sums.cost().toBigDecimal().doubleValue();
    }
  }

  /** Dollars of the running hour so far. */
  double running() {
    return running;
  }

  boolean isFull() {
    return seen >= hours.length;
  }

  double mean() {
    double sum = 0;
    for (double dollars : hours) {
      sum += dollars;
    }
    return sum / hours.length;
  }

  double standardDeviation() {
    double mean = mean();
    double squares = 0;
    for (double dollars : hours) {
      squares += (dollars - mean) * (dollars - mean);
    }
    return Math.sqrt(squares / hours.length);
  }

  double highest() {
    double highest = 0;
    for (double dollars : hours) {
      highest = Math.max(highest, dollars);
    }
    return highest;
  }
}

package io.tokenmeter.cli.plot;

import java.util.Arrays;

/**
 * The outline of a series of any length in bounded memory: lowest and highest value of each group
 * of consecutive rows. When all groups are full, two and two become one.
 *
 * <p>Envelopes that are fed one value a row each have the same groups.
 */
public final class Envelope {

  /** Twice as many as a large chart has points across. */
  static final int GROUPS = 4096;

  private final double[] low = new double[GROUPS];
  private final double[] high = new double[GROUPS];
  private long rows;
  private int rowsPerGroup = 1;

  /** An envelope of nothing. */
  public Envelope() {
    Arrays.fill(low, Double.NaN);
    Arrays.fill(high, Double.NaN);
  }

  /** Adds the next row; NaN where it has no value. */
  public void add(double value) {
    if (rows == (long) GROUPS * rowsPerGroup) {
      halve();
    }
    int group = (int) (rows++ / rowsPerGroup);
    low[group] = lower(low[group], value);
    high[group] = higher(high[group], value);
  }

  /** How many rows were added. */
  public long rows() {
    return rows;
  }

  int groups() {
    return (int) ((rows + rowsPerGroup - 1) / rowsPerGroup);
  }

  int rowsPerGroup() {
    return rowsPerGroup;
  }

  /** Lowest value of a group, NaN where it has none. */
  double low(int group) {
    return low[group];
  }

  /** Highest value of a group, NaN where it has none. */
  double high(int group) {
    return high[group];
  }

  /** Lowest value of all, NaN where there is none. */
  public double lowest() {
    double lowest = Double.NaN;
    for (double value : low) {
      lowest = lower(lowest, value);
    }
    return lowest;
  }

  /** Highest value of all, NaN where there is none. */
  public double highest() {
    double highest = Double.NaN;
    for (double value : high) {
      highest = higher(highest, value);
    }
    return highest;
  }

  private void halve() {
    for (int group = 0; group < GROUPS / 2; group++) {
      low[group] = lower(low[2 * group], low[2 * group + 1]);
      high[group] = higher(high[2 * group], high[2 * group + 1]);
    }
    Arrays.fill(low, GROUPS / 2, GROUPS, Double.NaN);
    Arrays.fill(high, GROUPS / 2, GROUPS, Double.NaN);
    rowsPerGroup *= 2;
  }

  private static double lower(double a, double b) {
    return Double.isNaN(a) || b < a ? b : a;
  }

  private static double higher(double a, double b) {
    return Double.isNaN(a) || b > a ? b : a;
  }
}

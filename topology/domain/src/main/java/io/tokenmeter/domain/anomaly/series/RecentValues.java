package io.tokenmeter.domain.anomaly.series;

import java.util.Arrays;

/**
 * Quantiles of the values of the last few thousand rows: the first thousand values, then every
 * fourth, the newest thousand of them.
 */
final class RecentValues {
  private static final int KEPT = 1000;
  private static final int EVERY = 4;

  private final double[] arrived = new double[KEPT]; // a ring
  private final double[] sorted = new double[KEPT];
  private long kept;
  private long rows;

  void add(double value) {
    if (rows++ >= KEPT && rows % EVERY != 0) {
      return;
    }
    int slot = (int) (kept % KEPT);
    int size = size();
    if (kept >= KEPT) {
      int oldest = Arrays.binarySearch(sorted, 0, size, arrived[slot]);
      System.arraycopy(sorted, oldest + 1, sorted, oldest, size - oldest - 1);
      size--;
    }
    int found = Arrays.binarySearch(sorted, 0, size, value);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = value;
    arrived[slot] = value;
    kept++;
  }

  int size() {
    return (int) Math.min(kept, KEPT);
  }

  /**
   * The value below which a share of the values lie.
   *
   * @param share 0 to 1
   */
  double quantile(double share) {
    double position = share * (size() - 1);
    int lower = (int) position;
    return lower + 1 < size()
        ? sorted[lower] + (position - lower) * (sorted[lower + 1] - sorted[lower])
        : sorted[lower];
  }
}

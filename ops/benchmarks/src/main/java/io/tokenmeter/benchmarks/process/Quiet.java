package io.tokenmeter.benchmarks.process;

import java.util.concurrent.TimeUnit;

/**
 * Tells when a streams application, which never ends by itself, has nothing left to commit: when it
 * has committed nothing for three times as long as between any two commits before.
 */
final class Quiet {
  private static final long LEAST = TimeUnit.SECONDS.toNanos(3);
  private static final long MOST = TimeUnit.SECONDS.toNanos(20);

  private Sample lastChange;
  private long longestGap;

  Quiet(Sample first) {
    lastChange = first;
  }

  /** Whether it is quiet now. */
  boolean after(Sample sample) {
    long gap = sample.nanos() - lastChange.nanos();
    if (sample.committed() == lastChange.committed()) {
      return gap > Math.min(MOST, Math.max(LEAST, 3 * longestGap));
    }
    if (lastChange.committed() > 0) {
      longestGap = Math.max(longestGap, gap);
    }
    lastChange = sample;
    return false;
  }
}

package io.tokenmeter.domain.anomaly.series;

import java.util.Arrays;

/**
 * The time between rows, learned from the first of them: the median of the first twenty steps
 * forward, so that a gap or a repeated time at the start does no harm.
 */
final class StepEstimate {
  private static final int STEPS = 20;

  private final long[] steps = new long[STEPS];
  private int seen;
  private long previous;
  private boolean started;
  private long step;

  void add(long millis) {
    if (step == 0 && started && millis > previous) {
      steps[seen++] = millis - previous;
      if (seen == STEPS) {
        Arrays.sort(steps);
        step = steps[STEPS / 2];
      }
    }
    previous = millis;
    started = true;
  }

  /** Milliseconds; 0 while it is not known. */
  long millis() {
    return step;
  }
}

package io.tokenmeter.webhook;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures: twice as long after each, less a random part, so that many tasks
 * do not come back together.
 *
 * @param first the wait after the first failure
 * @param longest the longest wait
 */
record Backoff(Duration first, Duration longest) {
  private static final int MOST_DOUBLINGS = 30;

  /**
   * The wait before the next try.
   *
   * @param failures failures in a row, from 1
   * @param asked what the receiver asked for; zero if it did not
   */
  Duration after(int failures, Duration asked, RandomGenerator random) {
    long cap = longest.toMillis();
    long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
    long most = Math.min(cap, doubled);
    long chosen = most - random.nextLong(most / 2 + 1);
    return Duration.ofMillis(Math.max(chosen, Math.min(cap, asked.toMillis())));
  }
}

package io.tokenmeter.warehouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what other processes do. */
final class Await {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final long PAUSE_MILLIS = 300;

  private Await() {}

  /** Waits until a question is answered with yes. */
  static void until(String what, Callable<Boolean> question) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!question.call()) {
      assertThat(System.nanoTime()).as("waiting until " + what).isLessThan(deadline);
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Waits until a value is what it should be, and fails with the difference if it never is. */
  static <T> void equal(Callable<T> actual, T expected) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && !actual.call().equals(expected)) {
      Thread.sleep(PAUSE_MILLIS);
    }
    assertThat(actual.call()).isEqualTo(expected);
  }
}

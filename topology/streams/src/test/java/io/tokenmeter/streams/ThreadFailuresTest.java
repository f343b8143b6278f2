package io.tokenmeter.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final ThreadFailures failures = new ThreadFailures();

  @Test
  void fewFailures_areReplaced() {
    for (int i = 0; i < 10; i++) {
      assertThat(failures.mayReplace(i)).isTrue();
    }
  }

  @Test
  void eleventhFailureWithinFiveMinutes_isNotReplaced() {
    for (int i = 0; i < 10; i++) {
      failures.mayReplace(i * MINUTE / 2);
    }
    assertThat(failures.mayReplace(5 * MINUTE)).isFalse();
  }

  @Test
  void failuresNowAndThen_areReplacedForEver() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(failures.mayReplace(i * MINUTE)).isTrue();
    }
  }

  @Test
  void failuresThatStopForAWhile_areForgotten() {
    for (int i = 0; i < 30; i++) {
      failures.mayReplace(i);
    }
    assertThat(failures.mayReplace(6 * MINUTE)).isTrue();
  }

  /** The clock of nanoseconds may begin below zero and pass the largest number. */
  @Test
  void clockThatPassesItsEnd_isNotTakenForALongTime() {
    long end = Long.MAX_VALUE - 5;
    for (int i = 0; i < 10; i++) {
      assertThat(failures.mayReplace(end + i)).isTrue();
    }
    assertThat(failures.mayReplace(end + 10)).isFalse();
  }
}

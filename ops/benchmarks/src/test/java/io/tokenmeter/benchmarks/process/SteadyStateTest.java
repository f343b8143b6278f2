package io.tokenmeter.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenmeter.benchmarks.Rung;
import io.tokenmeter.benchmarks.workload.Prefix;
import io.tokenmeter.benchmarks.workload.Totals;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyStateTest {
  private static final long SECOND = 1_000_000_000;
  private final List<Sample> samples = new ArrayList<>();

  @Test
  void evenProgress_isMeasuredFromTheWarmUpToTheEnd() {
    for (int second = 0; second <= 10; second++) {
      sample(second, second * 100, 0);
    }
    RungResult result = steadyState(1_000);
    assertThat(result.eventsPerSecond()).isEqualTo(100, within(1e-9));
    assertThat(result.measuredSeconds()).isEqualTo(8, within(1e-9));
    assertThat(result.cpuSeconds()).isEqualTo(16, within(1e-9));
    assertThat(result.allocatedBytes()).isEqualTo(8_000, within(1e-9));
  }

  @Test
  void slowStart_isNotMeasured() {
    sample(0, 0, 0);
    sample(60, 200, 0);
    for (int second = 1; second <= 8; second++) {
      sample(60 + second, 200 + second * 100, 0);
    }
    RungResult result = steadyState(1_000);
    assertThat(result.eventsPerSecond()).isEqualTo(100, within(1e-9));
    assertThat(result.wholeSeconds()).isEqualTo(68, within(1e-9));
  }

  @Test
  void readingAheadOfTheRepartitionTopics_gainsNothing() {
    // The input is done after five seconds, the application's own records (three per event) only
    // after twenty.
    for (int second = 0; second <= 20; second++) {
      sample(second, Math.min(1_000, second * 200), second * 150);
    }
    RungResult result = steadyState(1_000);
    assertThat(result.eventsPerSecond()).isLessThan(55);
  }

  @Test
  void waitForTheLastCommit_isNotMeasured() {
    for (int second = 0; second <= 10; second++) {
      sample(second, second * 100, 0);
    }
    sample(25, 1_000, 5);
    assertThat(steadyState(1_000).measuredSeconds()).isEqualTo(7, within(1e-9));
  }

  @Test
  void runOfASingleCommit_isMeasuredFromTheStart() {
    sample(0, 0, 0);
    sample(4, 1_000, 0);
    assertThat(steadyState(1_000).eventsPerSecond()).isEqualTo(250, within(1e-9));
  }

  private void sample(int second, long input, long other) {
    samples.add(
        new Sample(
            second * SECOND, input, other, 2 * second * SECOND, second, second * 1_000L, second));
  }

  private RungResult steadyState(long events) {
    RungRequest request =
        new RungRequest(
            Rung.PLAIN_CONSUMER,
            "test",
            "unused",
            null,
            0,
            "bench.",
            1,
            new Prefix(events, List.of(events), Totals.ZERO),
            1,
            0.2,
            "unused",
            null);
    return SteadyState.of(samples, request, 0, List.of());
  }
}

package io.tokenmeter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoFaultsTest {
  private static final Timeline TIMES = Timeline.of(Instant.parse("2026-11-22T10:10:00Z"));
  private static final Instant END = TIMES.live().plus(Timeline.EVERYTHING);

  private final List<UsageEvent> faults = new DemoFaults(1, TIMES, 1).until(END);

  @Test
  void strangers_multiplyWhatTheLeakedKeyUses() {
    List<UsageEvent> before = new TrafficGenerator(1, TIMES, 1).until(TIMES.live());
    double usual = costPerHour(before.stream(), TIMES.live().minus(Duration.ofHours(6)), 6);
    double leaked = costPerHour(faults.stream(), TIMES.keyLeaks(), 14 / 60.0);

    assertThat(leaked / usual).isBetween(8.0, 12.0);
    assertThat(faults)
        .filteredOn(event -> Company.LEAKED_KEY.equals(event.getApiKeyId()))
        .allSatisfy(event -> assertThat(event.getRunId()).isNull())
        .allMatch(event -> event.getOccurredAt().isBefore(TIMES.leakStops().plusSeconds(30)));
  }

  private static double costPerHour(Stream<UsageEvent> events, Instant from, double hours) {
    return events
            .filter(event -> Company.LEAKED_KEY.equals(event.getApiKeyId()))
            .filter(event -> !event.getOccurredAt().isBefore(from))
            .mapToDouble(DemoFaultsTest::roughCost)
            .sum()
        / hours;
  }

  /** At list price: 2, 0.50 and 8 dollars a million input, cached and output tokens. */
  private static double roughCost(UsageEvent event) {
    if (!event.getModel().equals("gpt-4.1")) {
      return 0; // a hundredth
    }
    return orZero(event.getInputTokens()) * 2
        - orZero(event.getCacheReadTokens()) * 1.5
        + orZero(event.getOutputTokens()) * 8;
  }

  private static long orZero(Long tokens) {
    return tokens == null ? 0 : tokens;
  }

  @Test
  void lostAgent_goesOnLongAfterItsLimit() {
    assertThat(faults)
        .filteredOn(event -> Company.REVIEW.equals(event.getWorkflow()))
        .hasSizeGreaterThan(3 * DemoGuards.MOST_STEPS)
        .extracting(UsageEvent::getRunId)
        .containsOnly(faults.stream().filter(this::isReview).findFirst().orElseThrow().getRunId());
  }

  private boolean isReview(UsageEvent event) {
    return Company.REVIEW.equals(event.getWorkflow());
  }

  @Test
  void ids_areNotThoseOfTheTraffic() {
    List<String> traffic =
        new TrafficGenerator(1, TIMES, 1).until(END).stream().map(UsageEvent::getEventId).toList();
    assertThat(faults).extracting(UsageEvent::getEventId).doesNotContainAnyElementsOf(traffic);
  }

  @Test
  void everything_happensWithinTheHourThatIsShown() {
    assertThat(TIMES.story())
        .isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()))
        .allMatch(happening -> happening.at().isBefore(END));
    assertThat(faults.get(faults.size() - 1).getOccurredAt()).isBefore(END);
  }
}

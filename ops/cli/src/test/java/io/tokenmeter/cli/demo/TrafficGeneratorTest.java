package io.tokenmeter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrafficGeneratorTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final int RECORDS = 20_000;

  @Test
  void sameSeed_givesTheSameTraffic() {
    assertThat(traffic(7)).isEqualTo(traffic(7)).isNotEqualTo(traffic(8));
  }

  @Test
  void traffic_hasEverythingThatTheDemoIsToShow() {
    List<UsageEvent> events = events(traffic(1));

    assertThat(distinct(events, UsageEvent::getTeam)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(distinct(events, UsageEvent::getApiKeyId)).hasSizeGreaterThanOrEqualTo(7);
    assertThat(distinct(events, UsageEvent::getModel)).hasSizeGreaterThanOrEqualTo(10);
    assertThat(distinct(events, UsageEvent::getCustomerId)).hasSizeGreaterThanOrEqualTo(50);
    assertThat(distinct(events, UsageEvent::getWorkflow)).hasSize(Company.WORKFLOWS.size());
    assertThat(events).anyMatch(e -> "batch".equals(e.getServiceTier()));
    assertThat(events).anyMatch(e -> e.getStatus() == RequestStatus.ERROR);
    assertThat(events).anyMatch(e -> e.getStatus() == RequestStatus.ABORTED);
    assertThat(events).anyMatch(e -> e.getCostRole() == CostRole.ROLLUP);
    assertThat(events).anyMatch(e -> e.getExtraUnits() != null);
    assertThat(events).anyMatch(e -> e.getModel().equals(Company.UNPRICED_MODEL));
    assertThat(events).anyMatch(e -> e.getOccurredAt().isBefore(NOW.minusSeconds(3600)));
    assertThat(traffic(1)).anyMatch(record -> record.event() == null);
  }

  @Test
  void duplicatesAndContradictions_areFew() {
    List<UsageEvent> events = events(traffic(1));
    long duplicates = RECORDS - distinct(events, UsageEvent::getEventId).size();
    long contradictions = events.stream().filter(TrafficGeneratorTest::contradictsItself).count();

    assertThat(duplicates).isBetween(RECORDS / 200L, RECORDS / 50L);
    assertThat(contradictions).isBetween(1L, RECORDS / 100L);
  }

  @Test
  void retries_followTheAttemptThatFailed() {
    Map<String, UsageEvent> byId = new HashMap<>();
    int retries = 0;
    for (UsageEvent event : events(traffic(1))) {
      byId.put(event.getEventId(), event);
      if (event.getRetryOf() != null) {
        UsageEvent failed = byId.get(event.getRetryOf());
        assertThat(failed.getStatus()).isNotEqualTo(RequestStatus.OK);
        assertThat(event.getAttempt()).isEqualTo(2);
        assertThat(event.getStepId()).isEqualTo(failed.getStepId());
        assertThat(event.getRunId()).isEqualTo(failed.getRunId());
        retries++;
      }
    }
    assertThat(retries).isGreaterThan(RECORDS / 100);
  }

  @Test
  void recordKey_isTheRun() {
    assertThat(traffic(1))
        .filteredOn(record -> record.event() != null)
        .allSatisfy(
            record ->
                assertThat(record.key())
                    .isEqualTo(Objects.requireNonNull(record.event()).getRunId()));
  }

  private static boolean contradictsItself(UsageEvent event) {
    return event.getCacheReadTokens() != null
        && event.getCacheReadTokens() > event.getInputTokens();
  }

  private static <T> Set<T> distinct(
      List<UsageEvent> events, java.util.function.Function<UsageEvent, T> of) {
    Set<T> values = new HashSet<>();
    events.forEach(event -> values.add(of.apply(event)));
    values.remove(null);
    return values;
  }

  private static List<UsageEvent> events(List<DemoRecord> records) {
    return records.stream().map(DemoRecord::event).filter(Objects::nonNull).toList();
  }

  private static List<DemoRecord> traffic(long seed) {
    TrafficGenerator generator = new TrafficGenerator(seed);
    return IntStream.range(0, RECORDS).mapToObj(i -> generator.next(NOW)).toList();
  }
}

package io.tokenmeter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.schemas.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MishapsTest {
  private static final Timeline TIMES = Timeline.of(Instant.parse("2026-11-22T10:10:00Z"));

  private final List<UsageEvent> meant = new ArrayList<>();
  private final List<DemoRecord> sent = new ArrayList<>();

  private void run() {
    TrafficGenerator generator = new TrafficGenerator(1, TIMES, 1);
    Mishaps mishaps = new Mishaps(new Random(1));
    Instant at = TIMES.from();
    for (; at.isBefore(TIMES.from().plus(Duration.ofDays(1))); at = at.plusSeconds(60)) {
      List<UsageEvent> events = generator.until(at);
      meant.addAll(events);
      sent.addAll(mishaps.sent(events, at));
    }
    sent.addAll(mishaps.sent(List.of(), at.plus(Duration.ofHours(1))));
  }

  @Test
  void everyEvent_isSentAtLeastOnce() {
    run();
    Set<UsageEvent> arrived = new HashSet<>(events());
    assertThat(meant).hasSizeGreaterThan(5000).allMatch(arrived::contains);
  }

  @Test
  void mishaps_areFewOfEachKind() {
    run();
    Set<String> known = new HashSet<>();
    long duplicates = events().stream().filter(e -> !known.add(e.getEventId())).count();
    long contradictions = events().stream().filter(MishapsTest::contradictsItself).count();
    long noEvents = sent.stream().filter(record -> record.event() == null).count();

    assertThat(duplicates).isBetween(meant.size() / 100L, meant.size() / 25L);
    assertThat(contradictions).isBetween(meant.size() / 500L, meant.size() / 50L);
    assertThat(noEvents).isBetween(meant.size() / 1000L, meant.size() / 100L);
  }

  @Test
  void recordKey_isTheRun() {
    run();
    assertThat(sent)
        .filteredOn(record -> record.event() != null)
        .allSatisfy(
            record ->
                assertThat(record.key())
                    .isEqualTo(Objects.requireNonNull(record.event()).getRunId()));
  }

  private List<UsageEvent> events() {
    return sent.stream().map(DemoRecord::event).filter(Objects::nonNull).toList();
  }

  private static boolean contradictsItself(UsageEvent event) {
    return event.getCacheReadTokens() != null
        && event.getCacheReadTokens() > event.getInputTokens();
  }
}

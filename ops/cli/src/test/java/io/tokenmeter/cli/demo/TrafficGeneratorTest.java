package io.tokenmeter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TrafficGeneratorTest {

  private static final Timeline TIMES = Timeline.of(Instant.parse("2026-11-22T10:10:00Z"));
  private static final Instant END = TIMES.live().plus(Duration.ofHours(1));

  private static List<UsageEvent> events;

  @BeforeAll
  static void generate() {
    events = new TrafficGenerator(1, TIMES, 1).until(END);
  }

  @Test
  void sameSeed_givesTheSameTrafficHoweverOftenItIsAskedFor() {
    TrafficGenerator steps = new TrafficGenerator(1, TIMES, 1);
    List<UsageEvent> together = new ArrayList<>();
    for (Instant at = TIMES.from(); at.isBefore(END); at = at.plusSeconds(1234)) {
      together.addAll(steps.until(at));
    }
    together.addAll(steps.until(END));

    assertThat(together).isEqualTo(events);
    assertThat(new TrafficGenerator(2, TIMES, 1).until(END)).isNotEqualTo(events);
  }

  @Test
  void traffic_hasEverythingThatTheDemoIsToShow() {
    assertThat(distinct(UsageEvent::getTeam)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(distinct(UsageEvent::getApiKeyId)).hasSizeGreaterThanOrEqualTo(7);
    assertThat(distinct(UsageEvent::getModel)).hasSizeGreaterThanOrEqualTo(10);
    assertThat(distinct(UsageEvent::getCustomerId)).hasSizeGreaterThanOrEqualTo(50);
    assertThat(distinct(UsageEvent::getWorkflow)).hasSize(Company.workflows(TIMES).size());
    assertThat(events).anyMatch(e -> "batch".equals(e.getServiceTier()));
    assertThat(events).anyMatch(e -> e.getStatus() == RequestStatus.ERROR);
    assertThat(events).anyMatch(e -> e.getStatus() == RequestStatus.ABORTED);
    assertThat(events).anyMatch(e -> e.getExtraUnits() != null);
    assertThat(events).extracting(UsageEvent::getEventId).doesNotHaveDuplicates();
  }

  @Test
  void history_isAsBusyAtTheSameHourAsWhatIsWatched() {
    for (String key : List.of("key-tagging-prod", "key-helpdesk-prod", "key-devtools-ci")) {
      double watched = requests(key, TIMES.live());
      double before = 0;
      for (int day = 1; day <= 6; day++) {
        before += requests(key, TIMES.live().minus(Duration.ofDays(day))) / 6.0;
      }
      double night = requests(key, TIMES.live().minus(Duration.ofHours(12)));

      assertThat(watched).as(key).isCloseTo(before, within(before * 0.5));
      assertThat(night).as(key).isLessThan(before * 0.7);
    }
  }

  @Test
  void whatGoesWrong_goesWrongAtItsTime() {
    Instant moves = TIMES.taggingMoves();
    assertThat(of("catalogue-tags"))
        .filteredOn(e -> e.getRetryOf() == null)
        .allSatisfy(
            e ->
                assertThat(e.getModel())
                    .isEqualTo(e.getOccurredAt().isBefore(moves) ? "gpt-4o-mini" : "gpt-4o"));
    assertThat(of("invoice-extraction"))
        .extracting(UsageEvent::getOccurredAt)
        .isNotEmpty()
        .allMatch(at -> at.isBefore(TIMES.invoicesStop().plusSeconds(60)));
    assertThat(events)
        .filteredOn(e -> e.getModel().equals(Company.UNPRICED_MODEL))
        .hasSizeGreaterThan(10)
        .allMatch(e -> e.getOccurredAt().isAfter(TIMES.live()));
  }

  @Test
  void reActLoop_growsItsContextStepByStep() {
    for (List<UsageEvent> run : runs(Company.REVIEW)) {
      List<UsageEvent> steps = answered(run);
      UsageEvent root = rootOf(run);
      assertThat(steps).hasSizeBetween(4, 10);
      for (int i = 1; i < steps.size(); i++) {
        UsageEvent before = steps.get(i - 1);
        assertThat(steps.get(i).getInputTokens()).isGreaterThan(before.getInputTokens());
        assertThat(steps.get(i).getCacheReadTokens()).isEqualTo(before.getInputTokens());
        assertThat(steps.get(i).getOccurredAt()).isAfterOrEqualTo(end(before));
        assertThat(steps.get(i).getParentStepId()).isEqualTo(root.getStepId());
      }
    }
  }

  @Test
  void retrieval_looksUpInThreePlacesAtOnce() {
    for (List<UsageEvent> run : runs(Company.SUPPORT)) {
      List<UsageEvent> lookups =
          answered(run).stream()
              .filter(e -> e.getStepName().startsWith("retrieve-") && e.getRetryOf() == null)
              .toList();
      assertThat(distinct(lookups, UsageEvent::getOccurredAt)).hasSizeLessThanOrEqualTo(1);
      assertThat(distinct(lookups, UsageEvent::getParentStepId)).hasSizeLessThanOrEqualTo(1);
    }
    assertThat(answered(runs(Company.SUPPORT).get(0)))
        .extracting(UsageEvent::getStepName)
        .contains("embed", "retrieve-articles", "retrieve-tickets", "retrieve-orders")
        .endsWith("rerank", "answer");
  }

  @Test
  void handOff_goesFromThePlannerOverResearchersToTheWriter() {
    for (List<UsageEvent> run : runs(Company.RESEARCH)) {
      List<UsageEvent> spans =
          run.stream()
              .filter(TrafficGeneratorTest::isSpan)
              .filter(e -> e.getAgent() != null)
              .toList();
      List<UsageEvent> steps = answered(run);
      assertThat(steps.get(0).getAgent()).isEqualTo("planner");
      assertThat(steps.get(steps.size() - 1).getAgent()).isEqualTo("writer");
      assertThat(spans)
          .extracting(UsageEvent::getAgent)
          .startsWith("researcher")
          .endsWith("writer");
      assertThat(spans)
          .extracting(UsageEvent::getParentStepId)
          .containsOnly(rootOf(run).getStepId());
    }
  }

  @Test
  void spans_repeatWhatTheRequestsInThemUsed() {
    for (List<UsageEvent> run : runs(Company.RESEARCH)) {
      long input = answered(run).stream().mapToLong(UsageEvent::getInputTokens).sum();
      long output = answered(run).stream().mapToLong(UsageEvent::getOutputTokens).sum();
      UsageEvent root = rootOf(run);
      assertThat(root.getInputTokens()).isEqualTo(input);
      assertThat(root.getOutputTokens()).isEqualTo(output);
      assertThat(root.getOutcome()).isNotNull();
      assertThat(run.get(run.size() - 1)).isSameAs(root);
    }
  }

  @Test
  void retries_followTheAttemptThatFailed() {
    Map<String, UsageEvent> byId = new HashMap<>();
    int retries = 0;
    for (UsageEvent event : events) {
      byId.put(event.getEventId(), event);
      if (event.getRetryOf() != null) {
        UsageEvent failed = byId.get(event.getRetryOf());
        assertThat(failed.getStatus()).isNotEqualTo(RequestStatus.OK);
        assertThat(event.getStatus()).isEqualTo(RequestStatus.OK);
        assertThat(event.getAttempt()).isEqualTo(2);
        assertThat(event.getStepId()).isEqualTo(failed.getStepId());
        assertThat(event.getRunId()).isEqualTo(failed.getRunId());
        assertThat(event.getOccurredAt()).isAfter(end(failed));
        retries++;
      }
    }
    assertThat(retries).isGreaterThan(events.size() / 100);
  }

  /** The runs of a workflow that are there from their first request to their own span. */
  private static List<List<UsageEvent>> runs(String workflow) {
    List<List<UsageEvent>> runs =
        of(workflow).stream().collect(Collectors.groupingBy(UsageEvent::getRunId)).values().stream()
            .filter(run -> run.stream().anyMatch(e -> isSpan(e) && e.getParentStepId() == null))
            .toList();
    assertThat(runs).hasSizeGreaterThan(100);
    return runs;
  }

  private static boolean isSpan(UsageEvent event) {
    return event.getCostRole() == CostRole.ROLLUP;
  }

  private static UsageEvent rootOf(List<UsageEvent> run) {
    return run.stream()
        .filter(e -> isSpan(e) && e.getParentStepId() == null)
        .findFirst()
        .orElseThrow();
  }

  /** The requests that were answered. */
  private static List<UsageEvent> answered(List<UsageEvent> run) {
    return run.stream().filter(e -> !isSpan(e) && e.getStatus() == RequestStatus.OK).toList();
  }

  private static Instant end(UsageEvent event) {
    return event.getOccurredAt().plusMillis(event.getLatencyMs());
  }

  private static long requests(String key, Instant from) {
    return events.stream()
        .filter(e -> key.equals(e.getApiKeyId()) && !isSpan(e))
        .filter(e -> !e.getOccurredAt().isBefore(from))
        .filter(e -> e.getOccurredAt().isBefore(from.plusSeconds(3600)))
        .count();
  }

  private static List<UsageEvent> of(String workflow) {
    return events.stream().filter(e -> workflow.equals(e.getWorkflow())).toList();
  }

  private static <T> Set<T> distinct(Function<UsageEvent, T> of) {
    return distinct(events, of);
  }

  private static <T> Set<T> distinct(List<UsageEvent> events, Function<UsageEvent, T> of) {
    Set<T> values = new HashSet<>();
    events.forEach(event -> values.add(of.apply(event)));
    values.remove(null);
    return values;
  }
}

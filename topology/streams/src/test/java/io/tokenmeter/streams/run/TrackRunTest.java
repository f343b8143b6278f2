package io.tokenmeter.streams.run;

import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static io.tokenmeter.streams.fixture.Usage.request;
import static io.tokenmeter.streams.fixture.Usage.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertState;
import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.RunPart;
import io.tokenmeter.schemas.RunStatus;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.schemas.WorkflowRun;
import io.tokenmeter.streams.TokenmeterConfig;
import io.tokenmeter.streams.fixture.Flow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrackRunTest {
  private static final Duration INACTIVITY = Duration.ofMinutes(10);

  /** The flow's clock starts then; events of now are live. */
  private static final Instant NOW = Flow.START;

  private static final Instant LAST_YEAR = Instant.parse("2025-03-15T10:00:00Z");

  private static UsageEvent.Builder step(String run, int number, Instant at) {
    return request(run + "-event-" + number)
        .setWorkflow("research")
        .setRunId(run)
        .setStepId("step-" + number)
        .setStepName("think")
        .setOccurredAt(at)
        .setInputTokens(3000L)
        .setOutputTokens(200L)
        .setLatencyMs(800L);
  }

  @Test
  void fiveStepsOfAReactLoop_costWhatTheyCost() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      for (int i = 1; i <= 5; i++) {
        UsageEvent.Builder step = step("r-1", i, NOW.plusSeconds(i));
        flow.send(step.setParentStepId(i == 1 ? null : "step-" + (i - 1)).build());
      }

      WorkflowRun run = flow.runs().get("r-1");
      assertThat(run.getCostUsd()).isEqualTo(usd("0.0475"));
      assertThat(run.getStatus()).isEqualTo(RunStatus.OPEN);
      assertThat(run.getWorkflow()).isEqualTo("research");
      assertThat(run.getSteps()).isEqualTo(5);
      assertThat(run.getInputTokens()).isEqualTo(15_000);
      assertThat(run.getOutputTokens()).isEqualTo(1_000);
      assertThat(run.getDepth()).isEqualTo(5);
      assertThat(run.getCriticalPathMs()).isEqualTo(4_000);
      assertThat(run.getDurationMs()).isEqualTo(4_800);
      assertThat(run.getIdenticalSteps()).isEqualTo(5);
      assertThat(run.getByModel()).extracting(RunPart::getName).containsExactly("gpt-4o");
      assertThat(run.getDearestSteps()).hasSize(5);
      assertThat(run.getDearestSteps().get(0).getCostUsd()).isEqualTo(usd("0.0095"));
    }
  }

  @Test
  void run_withoutStepsForTenMinutesOfEventTime_closes() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      flow.send(step("r-1", 1, LAST_YEAR).build());
      flow.send(step("r-2", 1, LAST_YEAR.plus(INACTIVITY)).build()).advance(Duration.ofSeconds(1));
      assertThat(flow.runs().get("r-1").getStatus()).isEqualTo(RunStatus.OPEN);

      flow.send(step("r-2", 2, LAST_YEAR.plus(INACTIVITY).plusSeconds(61)).build());
      flow.advance(Duration.ofSeconds(1));
      assertThat(flow.runs().get("r-1").getStatus()).isEqualTo(RunStatus.CLOSED);
      assertThat(flow.runs().get("r-1").getRevision()).isEqualTo(2);
      assertThat(flow.runs().get("r-2").getStatus()).isEqualTo(RunStatus.OPEN);
    }
  }

  @Test
  void liveRun_onAnIdlePartition_closesByTheWallClock() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      flow.send(step("r-1", 1, NOW).build()).advance(Duration.ofMinutes(9));
      assertThat(flow.runs().get("r-1").getStatus()).isEqualTo(RunStatus.OPEN);

      flow.advance(Duration.ofMinutes(3));
      assertThat(flow.runs().get("r-1").getStatus()).isEqualTo(RunStatus.CLOSED);
    }
  }

  @Test
  void runOfAnOldTrace_neverSeesTheWallClock() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      flow.send(step("r-1", 1, LAST_YEAR).build()).advance(Duration.ofDays(2));

      assertThat(flow.runs().get("r-1").getStatus()).isEqualTo(RunStatus.OPEN);
    }
  }

  @Test
  void spanWithoutParent_endsTheRun_andAddsNoMoney() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      flow.send(step("r-1", 1, NOW).setParentStepId("agent").build());
      UsageEvent span =
          step("r-1", 9, NOW.minusSeconds(1))
              .setStepId("agent")
              .setCostRole(CostRole.ROLLUP)
              .setOutcome("resolved")
              .build();
      flow.send(span);

      WorkflowRun run = flow.runs().get("r-1");
      assertThat(run.getStatus()).isEqualTo(RunStatus.CLOSED);
      assertThat(run.getOutcome()).isEqualTo("resolved");
      assertThat(run.getSteps()).isEqualTo(1);
      assertThat(run.getSpans()).isEqualTo(1);
      assertThat(run.getDepth()).isEqualTo(2);
      assertThat(run.getCostUsd()).isEqualTo(usd("0.0095"));
    }
  }

  @Test
  void lateStep_ofAClosedRun_reopensItWithAHigherRevision_andItClosesAgain() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      flow.send(step("r-1", 1, NOW).build()).advance(Duration.ofMinutes(12));
      long closed = flow.runs().get("r-1").getRevision();

      flow.send(step("r-1", 2, NOW.plus(Duration.ofMinutes(11))).build());
      WorkflowRun reopened = flow.runs().get("r-1");
      assertThat(reopened.getStatus()).isEqualTo(RunStatus.OPEN);
      assertThat(reopened.getRevision()).isGreaterThan(closed);
      assertThat(reopened.getSteps()).isEqualTo(2);

      flow.advance(Duration.ofMinutes(12));
      assertThat(flow.runs().get("r-1").getStatus()).isEqualTo(RunStatus.CLOSED);
      assertThat(flow.runs().get("r-1").getCostUsd()).isEqualTo(usd("0.019"));
    }
  }

  @Test
  void stepThatComesOverdue_correctsItsRun_withoutOpeningItForReaders() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      flow.send(step("r-1", 1, NOW).build()).advance(Duration.ofHours(2));
      int writes = flow.runs().writes("r-1");

      flow.send(step("r-1", 2, NOW.plusSeconds(1)).build());
      assertThat(flow.runs().get("r-1").getStatus()).isEqualTo(RunStatus.CLOSED);
      assertThat(flow.runs().get("r-1").getSteps()).isEqualTo(2);
      flow.advance(Duration.ofHours(1));
      assertThat(flow.runs().writes("r-1")).isEqualTo(writes + 1);
    }
  }

  @Test
  void resentStep_countsOnce() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      UsageEvent step = step("r-1", 1, NOW).build();
      flow.send(step, step, step);

      assertThat(flow.runs().get("r-1").getSteps()).isEqualTo(1);
      assertThat(flow.runs().writes("r-1")).isEqualTo(1);
    }
  }

  @Test
  void unpricedStep_isUnpricedInTheRun_andTheRunIsCorrectedWhenItIsPriced() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      flow.send(step("r-1", 1, NOW).build());
      flow.send(step("r-1", 2, NOW).setProvider("lab").setModel("nova").build());
      assertThat(flow.runs().get("r-1").getUnpricedSteps()).isEqualTo(1);
      assertThat(flow.runs().get("r-1").getCostUsd()).isEqualTo(usd("0.0095"));

      flow.publish(
          PriceRow.of("lab", "nova")
              .price(UnitPrice.perMillion("input_tokens", "1"))
              .price(UnitPrice.perMillion("output_tokens", "1"))
              .build());
      flow.advance(Duration.ofSeconds(1));
      WorkflowRun run = flow.runs().get("r-1");
      assertThat(run.getUnpricedSteps()).isZero();
      assertThat(run.getSteps()).isEqualTo(2);
      assertThat(run.getCostUsd()).isEqualTo(usd("0.0127"));
    }
  }

  @Test
  void retriesAndErrors_areCountedWithWhatRetriesCost() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      flow.send(step("r-1", 1, NOW).setStatus(RequestStatus.ERROR).setErrorType("timeout").build());
      flow.send(step("r-1", 2, NOW.plusSeconds(2)).setStepId("step-1").setAttempt(2).build());

      WorkflowRun run = flow.runs().get("r-1");
      assertThat(run.getErrors()).isEqualTo(1);
      assertThat(run.getRetries()).isEqualTo(1);
      assertThat(run.getRetryCostUsd()).isEqualTo(usd("0.0095"));
      assertThat(run.getCriticalPathMs()).isEqualTo(1_600);
      assertThat(run.getDepth()).isEqualTo(1);
    }
  }

  @Test
  void eventWithoutRun_isInNoRun() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      flow.send(request("e-1").build());

      assertThat(flow.runs().byId()).isEmpty();
    }
  }

  @Test
  void changingRun_isWrittenAtMostOncePerInterval() {
    try (Flow flow = Flow.with(TokenmeterConfig.RUNS_EMIT_INTERVAL_MS, 5000).publish(GPT_4O)) {
      flow.send(step("r-1", 1, NOW).build());
      int first = flow.runs().writes("r-1");
      for (int i = 2; i <= 40; i++) {
        flow.advance(Duration.ofMillis(500)).send(step("r-1", i, NOW.plusSeconds(i)).build());
      }

      assertThat(flow.runs().writes("r-1") - first).isBetween(3, 4);
      flow.advance(Duration.ofSeconds(5));
      assertThat(flow.runs().get("r-1").getSteps()).isEqualTo(40);
    }
  }

  @Test
  void moreRunsThanAreCached_loseNothing() {
    Map<String, String> small =
        Map.of(TokenmeterConfig.RUNS_CACHED, "3", TokenmeterConfig.RUNS_EMIT_INTERVAL_MS, "60000");
    try (Flow flow = Flow.with(small).publish(GPT_4O)) {
      for (int i = 1; i <= 5; i++) {
        for (int run = 0; run < 20; run++) {
          flow.send(step("r-" + run, i, NOW.plusSeconds(i)).build());
        }
      }
      flow.advance(Duration.ofMinutes(2));

      assertThat(flow.runs().byId()).hasSize(20);
      assertThat(flow.runs().byId().values())
          .allMatch(run -> run.getCostUsd().equals(usd("0.0475")));
    }
  }

  @Test
  void stepBeyondRetention_ofAnUnknownRun_isCountedAndChangesNoRun() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      flow.send(step("r-1", 1, NOW).build());
      flow.send(step("old", 1, NOW.minus(Duration.ofDays(7)).minusSeconds(1)).build());

      assertThat(flow.runs().byId()).containsOnlyKeys("r-1");
      assertThat(flow.counted("tokenmeter.track.run.beyond.retention")).isEqualTo(1);
    }
  }

  @Test
  void runThatIsForgotten_afterItsRetention_isGoneFromTheStore() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      flow.send(step("r-1", 1, NOW).build());
      flow.advance(Duration.ofMinutes(12)).advance(Duration.ofDays(7)).advance(Duration.ofDays(1));
      assertThat(flow.storedRuns()).isZero();
    }
  }

  @Test
  void closedRuns_areInTheRollUpsOfTheirWorkflow() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      flow.send(step("r-1", 1, NOW).setOutcome("resolved").build());
      flow.send(step("r-1", 2, NOW.plusSeconds(70)).build());
      flow.send(step("r-2", 1, NOW.plusSeconds(1)).setOutcome("escalated").build());
      assertThat(hour(flow).getRuns()).isNull();
      flow.advance(Duration.ofMinutes(13));

      UsageRollup hour = hour(flow);
      assertThat(hour.getRequests()).isEqualTo(3);
      assertThat(hour.getRuns()).isEqualTo(2);
      assertThat(hour.getSuccessfulRuns()).isEqualTo(1);
      assertThat(hour.getRunSteps()).isEqualTo(3);
      assertThat(hour.getRunCostUsd()).isEqualTo(usd("0.0285"));
      assertThat(hour.getCostPerSuccessfulRunUsd()).isEqualTo(usd("0.0285"));
      assertThat(hour.getRunCostMaxUsd()).isEqualTo(usd("0.019"));
      assertThat(hour.getRunCostP99Usd().doubleValue()).isBetween(0.0094, 0.0096);

      flow.send(step("r-2", 2, NOW.plusSeconds(2)).setOutcome("resolved").build());
      UsageRollup corrected = hour(flow);
      assertThat(corrected.getRuns()).isEqualTo(2);
      assertThat(corrected.getSuccessfulRuns()).isEqualTo(2);
      assertThat(corrected.getRunCostUsd()).isEqualTo(usd("0.038"));
    }
  }

  @Test
  void runaway_overItsLimitOfSteps_isFiringWhileItRuns_andResolvedWhenItCloses() {
    try (Flow flow = Flow.start().publish(GPT_4O)) {
      flow.publishPolicy("runaway-workflow", "workflow:research", Map.of("limit.steps", "50"));
      for (int i = 1; i <= 50; i++) {
        flow.send(step("r-1", i, NOW.plusMillis(60L * i)).build());
      }
      assertThat(flow.alerts()).isEmpty();
      for (int i = 51; i < 60; i++) {
        flow.send(step("r-1", i, NOW.plusMillis(60L * i)).build());
      }
      List<Alert> firing = flow.alerts();
      assertThat(firing).hasSize(1);
      assertThat(firing.get(0).getState()).isEqualTo(AlertState.FIRING);
      assertThat(firing.get(0).getDetector()).isEqualTo("runaway-workflow");
      assertThat(firing.get(0).getKey()).isEqualTo("research");
      assertThat(firing.get(0).getSentence())
          .startsWith("Run r-1 of workflow research has made 51 steps, over its limit of 50;");

      flow.advance(Duration.ofMinutes(12));
      List<Alert> resolved = flow.alerts();
      assertThat(resolved).extracting(Alert::getState).containsExactly(AlertState.RESOLVED);
      assertThat(resolved.get(0).getAlertId()).isEqualTo(firing.get(0).getAlertId());
    }
  }

  @Test
  void stepsOfARun_underAnyRecordKey_areBroughtTogetherByARepartition() {
    try (Flow flow = Flow.with(TokenmeterConfig.RUNS_REPARTITION, true).publish(GPT_4O)) {
      for (int i = 1; i <= 5; i++) {
        flow.send(step("r-1", i, NOW.plusSeconds(i)).build());
        flow.send(step("r-2", i, NOW.plusSeconds(i)).setModel("unknown").build());
      }
      assertThat(flow.runs().get("r-1").getCostUsd()).isEqualTo(usd("0.0475"));
      assertThat(flow.runs().get("r-1").getIdenticalSteps()).isEqualTo(5);
      assertThat(flow.runs().get("r-2").getUnpricedSteps()).isEqualTo(5);

      flow.advance(Duration.ofMinutes(12));
      assertThat(hour(flow).getRuns()).isEqualTo(2);
    }
  }

  @Test
  void runsThatAreSwitchedOff_areNotFollowed() {
    try (Flow flow = Flow.with(TokenmeterConfig.RUNS_ENABLED, false).publish(GPT_4O)) {
      flow.send(step("r-1", 1, NOW).build()).advance(Duration.ofMinutes(12));

      assertThat(flow.costed()).hasSize(1);
      assertThat(hour(flow).getRuns()).isNull();
    }
  }

  private static UsageRollup hour(Flow flow) {
    return flow.rollups().only(Granularity.HOUR, "workflow", "research");
  }
}

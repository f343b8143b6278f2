package io.tokenmeter.streams.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.run.Breakdown;
import io.tokenmeter.domain.run.PackedStep;
import io.tokenmeter.domain.run.RunState;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.RunPart;
import io.tokenmeter.schemas.RunStatus;
import io.tokenmeter.schemas.RunStepCost;
import io.tokenmeter.schemas.WorkflowRun;
import io.tokenmeter.streams.fixture.TestRegistrySerializer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkflowRunWriterTest {
  private static final byte[] HEADER = {0, 0, 0, 0, 9};

  static {
    GeneratedClasses.trust();
  }

  @Test
  void randomRuns_areWrittenAsTheGeneratedClassWritesThem() {
    long seed = 17;
    Random random = new Random(seed);
    WorkflowRunWriter writer = new WorkflowRunWriter(HEADER);
    for (int i = 0; i < 300; i++) {
      RunState run = RandomSteps.run(random, 1 + random.nextInt(60));
      if (random.nextBoolean()) {
        run.life().close(run.counts(Set.of()));
      }
      run.life().nextRevision();
      byte[] value = writer.value("run-größe-" + i, run);

      assertThat(Arrays.copyOf(value, 5)).isEqualTo(HEADER);
      assertThat(Arrays.copyOfRange(value, 5, value.length))
          .as("seed %d, case %d", seed, i)
          .isEqualTo(TestRegistrySerializer.body(expected("run-größe-" + i, run)));
    }
  }

  private static WorkflowRun expected(String runId, RunState run) {
    return WorkflowRun.newBuilder()
        .setRunId(runId)
        .setWorkflow(run.workflow())
        .setStatus(run.life().isClosed() ? RunStatus.CLOSED : RunStatus.OPEN)
        .setOutcome(run.outcome())
        .setRevision(run.life().revision())
        .setFirstEventAt(instant(run.firstMicros()))
        .setLastEventAt(instant(run.lastMicros()))
        .setSteps(run.totals().steps())
        .setErrors(run.totals().errors())
        .setRetries(run.totals().retries())
        .setUnpricedSteps(run.totals().unpricedSteps())
        .setInputTokens(run.totals().inputTokens())
        .setOutputTokens(run.totals().outputTokens())
        .setCostUsd(run.totals().cost().toBigDecimal())
        .setDurationMs((run.lastEndMicros() - run.firstMicros()) / 1000)
        .setCriticalPathMs(run.details().shape().criticalPathMillis())
        .setLatencyMs(run.totals().latencyMillis())
        .setDepth(run.details().shape().depth())
        .setSpans(run.spans())
        .setFallbackSteps(run.totals().fallbackSteps())
        .setIdenticalSteps(run.details().identicalSteps())
        .setCacheReadTokens(run.totals().cacheReadTokens())
        .setCacheWriteTokens(run.totals().cacheWriteTokens())
        .setReasoningTokens(run.totals().reasoningTokens())
        .setRetryCostUsd(run.totals().retryCost().toBigDecimal())
        .setDearestMinuteUsd(run.details().dearestMinute().toBigDecimal())
        .setByModel(parts(run.details().byModel()))
        .setByStepName(parts(run.details().byStepName()))
        .setByAgent(parts(run.details().byAgent()))
        .setDearestSteps(
            run.details().dearestSteps().stream().map(WorkflowRunWriterTest::step).toList())
        .build();
  }

  private static List<RunPart> parts(List<Breakdown.Part> parts) {
    return parts.stream()
        .map(
            part ->
                RunPart.newBuilder()
                    .setName(part.name())
                    .setSteps(part.totals().steps())
                    .setErrors(part.totals().errors())
                    .setRetries(part.totals().retries())
                    .setUnpricedSteps(part.totals().unpricedSteps())
                    .setInputTokens(part.totals().inputTokens())
                    .setOutputTokens(part.totals().outputTokens())
                    .setLatencyMs(part.totals().latencyMillis())
                    .setCostUsd(part.totals().cost().toBigDecimal())
                    .setRetryCostUsd(part.totals().retryCost().toBigDecimal())
                    .build())
        .toList();
  }

  private static RunStepCost step(PackedStep step) {
    return RunStepCost.newBuilder()
        .setEventId(step.eventId())
        .setStepId(step.stepId())
        .setStepName(step.stepName())
        .setAgent(step.agent())
        .setModel(step.model())
        .setOccurredAt(instant(step.occurredAtMicros()))
        .setLatencyMs(step.latencyMillis() < 0 ? null : step.latencyMillis())
        .setAttempt(step.attempt())
        .setFailed(step.failed())
        .setInputTokens(step.inputTokens())
        .setOutputTokens(step.outputTokens())
        .setCostUsd(Money.of(step.costHigh(), step.costLow()).toBigDecimal())
        .build();
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}

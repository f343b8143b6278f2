package io.tokenmeter.cli.runs;

import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.RunPart;
import io.tokenmeter.schemas.RunStatus;
import io.tokenmeter.schemas.WorkflowRun;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs for tests, step by step, and the record that the application would write of them. */
final class SampleRun {
  private static final Instant START = Instant.parse("2026-03-15T10:00:00Z");

  static {
    GeneratedClasses.trust();
  }

  private final List<CostedUsage> events = new ArrayList<>();

  /** A loop in which each step causes the next one, with a context that grows. */
  static SampleRun loop(int steps) {
    SampleRun run = new SampleRun();
    for (int i = 1; i <= steps; i++) {
      run.step("s" + i, i == 1 ? null : "s" + (i - 1), "think", "gpt-4o", 1000L * i, "0.0095");
    }
    return run;
  }

  /** Agents that hand over to one another, each with searches side by side and some retries. */
  static SampleRun agents(int steps) {
    SampleRun run = new SampleRun();
    Random random = new Random(4);
    run.span("root", null, "orchestrate");
    int agents = Math.max(2, steps / 12);
    for (int agent = 0; run.events.size() < steps; agent = (agent + 1) % agents) {
      String id = "agent-" + agent;
      if (run.events.stream().noneMatch(event -> id.equals(event.getStepId()))) {
        run.span(id, "root", agent % 3 == 0 ? "researcher" : agent % 3 == 1 ? "writer" : "critic");
      }
      String name = List.of("plan", "search", "read", "summarise").get(random.nextInt(4));
      String model = name.equals("search") ? "gpt-4o-mini" : "gpt-4o";
      String cost = "0.0" + (1000 + random.nextInt(9000));
      String step = "s" + run.events.size();
      run.step(step, id, name, model, 500 + random.nextInt(4000), cost);
      if (random.nextInt(10) == 0) {
        run.retry(step, id, name, model);
      }
    }
    return run;
  }

  CostedUsage.Builder event(String stepId, String parentId, String name, String model) {
    return CostedUsage.newBuilder()
        .setEventId("e" + events.size())
        .setOccurredAt(START.plusMillis(900L * events.size()))
        .setProvider("openai")
        .setModel(model)
        .setRunId("r-1")
        .setWorkflow("research")
        .setStepId(stepId)
        .setParentStepId(parentId)
        .setStepName(name)
        .setLatencyMs(800L);
  }

  void step(String id, String parent, String name, String model, long input, String usd) {
    events.add(
        event(id, parent, name, model)
            .setInputTokens(input)
            .setOutputTokens(200L)
            .setCostUsd(new BigDecimal(usd).setScale(12))
            .build());
  }

  void retry(String stepId, String parent, String name, String model) {
    events.get(events.size() - 1).setStatus(RequestStatus.ERROR);
    events.add(
        event(stepId, parent, name, model)
            .setAttempt(2)
            .setInputTokens(500L)
            .setOutputTokens(20L)
            .setCostUsd(new BigDecimal("0.001000000000"))
            .build());
  }

  void span(String id, String parent, String name) {
    events.add(event(id, parent, name, "none").setCostRole(CostRole.ROLLUP).build());
  }

  List<CostedUsage> events() {
    return events;
  }

  RunTree tree() {
    return new RunTree(events);
  }

  WorkflowRun record() {
    StepNode.Sums sums = tree().total();
    return WorkflowRun.newBuilder()
        .setRunId("r-1")
        .setWorkflow("research")
        .setStatus(RunStatus.CLOSED)
        .setOutcome("resolved")
        .setRevision(2)
        .setFirstEventAt(START)
        .setLastEventAt(START)
        .setSteps(sums.steps())
        .setErrors(sums.errors())
        .setRetries(sums.retries())
        .setUnpricedSteps(sums.unpriced())
        .setInputTokens(sums.inputTokens())
        .setOutputTokens(sums.outputTokens())
        .setCostUsd(sums.cost().setScale(12))
        .setDurationMs(4_400L)
        .setCriticalPathMs(4_000L)
        .setDepth(5)
        .setByModel(List.of(part("gpt-4o", sums.cost()), part("gpt-4o-mini", BigDecimal.ZERO)))
        .build();
  }

  private static RunPart part(String name, BigDecimal cost) {
    return RunPart.newBuilder()
        .setName(name)
        .setSteps(1)
        .setErrors(0)
        .setRetries(0)
        .setUnpricedSteps(0)
        .setInputTokens(0)
        .setOutputTokens(0)
        .setLatencyMs(0)
        .setCostUsd(cost.setScale(12))
        .setRetryCostUsd(BigDecimal.ZERO.setScale(12))
        .build();
  }
}

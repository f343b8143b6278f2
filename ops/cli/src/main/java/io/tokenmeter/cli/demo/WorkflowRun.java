package io.tokenmeter.cli.demo;

import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One run of a workflow, event by event: its steps, failed attempts with their retries, its end.
 */
final class WorkflowRun {

  private static final double FAILURES = 0.03;
  private static final double ESCALATIONS = 0.1;
  private static final int UNIT_DECIMALS = 6;

  private final Workflow workflow;
  private final Random random;
  private final String runId;
  private final @Nullable String customer;
  private final Deque<Step> toDo = new ArrayDeque<>();
  private final String rootStep;
  private int stepNumber;
  private @Nullable UsageEvent failed;
  private long inputTokens;
  private long outputTokens;
  private boolean summaryDue;

  WorkflowRun(Workflow workflow, Random random) {
    this.workflow = workflow;
    this.random = random;
    this.runId = Ids.next("run", random);
    this.rootStep = Ids.next("step", random);
    this.customer =
        workflow.customers() == 0
            ? null
            : "customer-%03d".formatted(1 + skewed(workflow.customers()));
    this.summaryDue = workflow.summarised();
    for (Step step : workflow.steps()) {
      int times = 1 + random.nextInt(step.atMost);
      for (int i = 0; i < times; i++) {
        toDo.add(step);
      }
    }
  }

  boolean isOver() {
    return toDo.isEmpty() && !summaryDue;
  }

  /** The run's next event; only while it is not over. */
  UsageEvent next(Instant now) {
    if (toDo.isEmpty()) {
      summaryDue = false;
      return summary(now);
    }
    Step step = toDo.getFirst();
    UsageEvent retried = failed;
    if (retried == null) {
      stepNumber++;
    }
    UsageEvent event = request(step, now);
    if (retried == null && random.nextDouble() < FAILURES) {
      fail(event);
      failed = event;
      return event;
    }
    if (retried != null) {
      event.setAttempt(2);
      event.setRetryOf(retried.getEventId());
      event.setStepId(retried.getStepId());
      failed = null;
    }
    toDo.removeFirst();
    if (isOver()) {
      event.setOutcome(outcome());
    }
    return event;
  }

  private UsageEvent request(Step step, Instant now) {
    long input = size(step.inputTokens);
    long output = step.outputTokens == 0 ? 0 : size(step.outputTokens);
    inputTokens += input;
    outputTokens += output;
    UsageEvent event = base(now);
    event.setProvider(step.provider);
    event.setModel(step.model);
    event.setOperation(step.operation);
    event.setStepId(stepNumber == 1 ? rootStep : Ids.next("step", random));
    event.setParentStepId(stepNumber == 1 ? null : rootStep);
    event.setStepName(step.name);
    event.setAgent(step.agent);
    event.setAttempt(1);
    event.setInputTokens(input);
    if (step.cached > 0) {
      setCache(event, step, input);
    }
    if (output > 0) {
      event.setOutputTokens(output);
      event.setMaxOutputTokens(8192L);
    }
    if (step.reasoning > 0) {
      event.setReasoningTokens((long) (output * step.reasoning));
    }
    if (!step.units.isEmpty()) {
      event.setExtraUnits(units(step));
    }
    long firstToken = 120L + random.nextInt(500);
    event.setTimeToFirstTokenMs(firstToken);
    event.setLatencyMs(firstToken + output * (8 + random.nextInt(12)));
    return event;
  }

  /** The first request of a run writes the prompt to the cache, the others read it. */
  private void setCache(UsageEvent event, Step step, long input) {
    long cached = (long) (input * step.cached);
    boolean writes = stepNumber == 1 || random.nextInt(12) == 0;
    event.setCacheReadTokens(writes ? 0 : cached);
    if (step.provider.equals("anthropic")) {
      event.setCacheWriteTokens(writes ? cached : 0);
    }
  }

  private static Map<String, BigDecimal> units(Step step) {
    Map<String, BigDecimal> units = new HashMap<>();
    step.units.forEach(
        (unit, quantity) -> units.put(unit, BigDecimal.valueOf(quantity).setScale(UNIT_DECIMALS)));
    return units;
  }

  private void fail(UsageEvent event) {
    boolean aborted = random.nextInt(4) == 0;
    event.setStatus(aborted ? RequestStatus.ABORTED : RequestStatus.ERROR);
    event.setErrorType(
        aborted ? "client_disconnect" : random.nextBoolean() ? "overloaded" : "timeout");
    event.setOutputTokens(0L);
    event.setReasoningTokens(null);
    event.setExtraUnits(null);
  }

  /**
   * What a tracing library reports for the whole run: its usage again, which must not be billed.
   */
  private UsageEvent summary(Instant now) {
    UsageEvent event = base(now);
    event.setCostRole(CostRole.ROLLUP);
    event.setProvider(workflow.steps().get(0).provider);
    event.setModel(workflow.steps().get(0).model);
    event.setOperation("invoke_agent");
    event.setStepId(Ids.next("step", random));
    event.setStepName("run");
    event.setInputTokens(inputTokens);
    event.setOutputTokens(outputTokens);
    event.setOutcome(outcome());
    return event;
  }

  private UsageEvent base(Instant now) {
    UsageEvent event =
        UsageEvent.newBuilder()
            .setEventId(Ids.next("evt", random))
            .setOccurredAt(now.truncatedTo(ChronoUnit.MICROS))
            .setProvider("")
            .setModel("")
            .build();
    event.setServiceTier(workflow.serviceTier());
    event.setApiKeyId(workflow.apiKey());
    event.setProject(workflow.project());
    event.setTeam(workflow.team());
    event.setCustomerId(customer);
    event.setEnvironment(workflow.environment());
    event.setWorkflow(workflow.name());
    event.setRunId(runId);
    return event;
  }

  private String outcome() {
    return random.nextDouble() < ESCALATIONS ? "escalated" : "resolved";
  }

  /** Sizes spread around the usual one, a few of them several times as large. */
  private long size(int usual) {
    return Math.max(1, Math.round(usual * Math.exp(0.6 * random.nextGaussian() - 0.18)));
  }

  /** Low numbers far more often than high ones: a few customers are most of the traffic. */
  private int skewed(int bound) {
    double u = random.nextDouble();
    return (int) (bound * u * u * u);
  }
}

package io.tokenmeter.cli.demo;

import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One run of a workflow, written down event by event as its application reports it. */
final class RunScript {
  private static final double FAILURES = 0.03;
  private static final double ESCALATIONS = 0.1;
  private static final int UNIT_DECIMALS = 6;
  private static final Duration REPORTED_AFTER = Duration.ofMillis(20);
  private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);

  static {
    GeneratedClasses.trust();
  }

  private final Workflow workflow;
  private final Random random;
  private final Instant start;
  private final String runId;
  private final @Nullable String customer;
  private final List<DueEvent> events = new ArrayList<>();

  /** An empty run that begins at a time. */
  RunScript(Workflow workflow, Instant start, Random random) {
    this.workflow = workflow;
    this.random = random;
    this.start = start.truncatedTo(ChronoUnit.MICROS);
    runId = Ids.next("run", random);
    customer =
        workflow.customers() == 0
            ? null
            : "customer-%03d".formatted(1 + skewed(workflow.customers()));
  }

  Instant start() {
    return start;
  }

  /** All events of the run; in any order. */
  List<DueEvent> events() {
    return events;
  }

  /** A number from 1 to a largest. */
  int upTo(int largest) {
    return 1 + random.nextInt(largest);
  }

  /** Tokens around the usual number, a few times several times as many. */
  int size(int usual) {
    return (int) Math.max(1, Math.round(usual * Math.exp(0.5 * random.nextGaussian() - 0.125)));
  }

  /** Begins a part of the run; it is reported when it is closed. */
  Span open(String name, @Nullable String agent, @Nullable Span parent, Instant at) {
    return new Span(Ids.next("step", random), parent, name, agent, at);
  }

  /** Ends a part of the run: its usage once more, which must not be billed. */
  void close(Span span, Instant end) {
    report(spanEvent(span, end), end);
  }

  /** Ends the run by its own span, which is reported after all others. */
  void finish(Span root, Instant lastEnd) {
    Instant end = lastEnd.plus(REPORTED_AFTER);
    UsageEvent event = spanEvent(root, end);
    event.setOutcome(outcome());
    report(event, end);
  }

  /** Ends a run that has no span of its own: its last request says how it went. */
  void finish() {
    events.get(events.size() - 1).event().setOutcome(outcome());
  }

  /** A request of about the usual size; if it fails, it is made once more. */
  Instant request(Step step, @Nullable Span parent, Instant at) {
    int input = size(step.input());
    return request(step.input(input), (int) (input * step.cached()), parent, at);
  }

  /**
   * A request with so much input, part of it from the cache; if it fails, it is made once more.
   *
   * @return when its answer is there
   */
  Instant request(Step step, int cached, @Nullable Span parent, Instant at) {
    UsageEvent event = requestEvent(step, cached, parent, at);
    if (random.nextDouble() >= FAILURES) {
      return answered(event, step, parent);
    }
    fail(event);
    Instant failedAt = at.plusMillis(event.getLatencyMs());
    report(event, failedAt);
    UsageEvent again = requestEvent(step, cached, parent, failedAt.plus(BEFORE_RETRY));
    again.setAttempt(2);
    again.setRetryOf(event.getEventId());
    again.setStepId(event.getStepId());
    return answered(again, step, parent);
  }

  private Instant answered(UsageEvent event, Step step, @Nullable Span parent) {
    int output = step.output() == 0 ? 0 : size(step.output());
    long firstToken = 80L + random.nextInt(300);
    event.setTimeToFirstTokenMs(firstToken);
    event.setLatencyMs(firstToken + (long) output * (8 + random.nextInt(8)));
    if (output > 0) {
      event.setOutputTokens((long) output);
      event.setMaxOutputTokens(8192L);
    }
    if (step.reasoning() > 0) {
      event.setReasoningTokens((long) (output * step.reasoning()));
    }
    if (!step.units().isEmpty()) {
      event.setExtraUnits(units(step));
    }
    if (parent != null) {
      parent.used(event.getInputTokens(), output);
    }
    Instant end = event.getOccurredAt().plusMillis(event.getLatencyMs());
    report(event, end);
    return end;
  }

  private void fail(UsageEvent event) {
    boolean aborted = random.nextInt(4) == 0;
    event.setStatus(aborted ? RequestStatus.ABORTED : RequestStatus.ERROR);
    event.setErrorType(
        aborted ? "client_disconnect" : random.nextBoolean() ? "overloaded" : "timeout");
    event.setOutputTokens(0L);
    event.setLatencyMs(500L + random.nextInt(3000));
  }

  private UsageEvent requestEvent(Step step, int cached, @Nullable Span parent, Instant at) {
    UsageEvent event = event(step.provider(), step.model(), at);
    event.setOperation(step.operation());
    event.setStepId(Ids.next("step", random));
    event.setParentStepId(parent == null ? null : parent.id);
    event.setStepName(step.name());
    event.setAgent(step.agent());
    event.setAttempt(1);
    event.setInputTokens((long) step.input());
    if (cached > 0) {
      setCache(event, step, cached);
    }
    return event;
  }

  /** Where caching is asked for, what is new at the end of the prompt is written to the cache. */
  private static void setCache(UsageEvent event, Step step, int cached) {
    event.setCacheReadTokens((long) cached);
    if (step.provider().equals("anthropic")) {
      event.setCacheWriteTokens((step.input() - cached) / 2L);
    }
  }

  private UsageEvent spanEvent(Span span, Instant end) {
    UsageEvent last = events.get(events.size() - 1).event();
    UsageEvent event = event(last.getProvider(), last.getModel(), span.start);
    event.setCostRole(CostRole.ROLLUP);
    event.setOperation(span.agent == null ? "invoke_workflow" : "invoke_agent");
    event.setStepId(span.id);
    event.setParentStepId(span.parent == null ? null : span.parent.id);
    event.setStepName(span.name);
    event.setAgent(span.agent);
    event.setInputTokens(span.inputTokens());
    event.setOutputTokens(span.outputTokens());
    event.setLatencyMs(Duration.between(span.start, end).toMillis());
    return event;
  }

  private UsageEvent event(String provider, String model, Instant at) {
    UsageEvent event =
        UsageEvent.newBuilder()
            .setEventId(Ids.next("evt", random))
            .setOccurredAt(at)
            .setProvider(provider)
            .setModel(model)
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

  private void report(UsageEvent event, Instant at) {
    events.add(new DueEvent(at, event));
  }

  private static Map<String, BigDecimal> units(Step step) {
    Map<String, BigDecimal> units = new HashMap<>();
    step.units()
        .forEach(
            (unit, quantity) ->
                units.put(unit, BigDecimal.valueOf(quantity).setScale(UNIT_DECIMALS)));
    return units;
  }

  private String outcome() {
    return random.nextDouble() < ESCALATIONS ? "escalated" : "resolved";
  }

  /** Low numbers far more often than high ones: a few customers are most of the traffic. */
  private int skewed(int bound) {
    double u = random.nextDouble();
    return (int) (bound * u * u * u);
  }
}

package io.tokenmeter.domain.run;

import io.tokenmeter.domain.money.Money;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A step for tests; what a test is about it sets itself. */
record TestStep(
    String eventId,
    String stepId,
    String parentId,
    String stepName,
    String agent,
    String model,
    String workflow,
    String outcome,
    long occurredAtMicros,
    long latencyMillis,
    int attempt,
    boolean failed,
    boolean retry,
    boolean span,
    CountedStep counted,
    boolean unpriced,
    long inputTokens,
    long outputTokens,
    Money cost)
    implements RunStep {

  static final long NOON =
      TimeUnit.SECONDS.toMicros(Instant.parse("2026-03-15T12:00:00Z").getEpochSecond());

  /** A step at a time in milliseconds after noon. */
  static TestStep at(String id, String parentId, long millis, long latencyMillis) {
    return new TestStep(
        "event-" + id,
        id,
        parentId,
        "think",
        null,
        "gpt-4o",
        "research",
        null,
        NOON + millis * 1000,
        latencyMillis,
        1,
        false,
        false,
        false,
        null,
        false,
        3000,
        200,
        Money.parse("0.0095"));
  }

  TestStep asSpan() {
    return new TestStep(
        eventId,
        stepId,
        parentId,
        stepName,
        agent,
        model,
        workflow,
        outcome,
        occurredAtMicros,
        latencyMillis,
        attempt,
        failed,
        retry,
        true,
        null,
        false,
        inputTokens,
        outputTokens,
        Money.ZERO);
  }

  TestStep withOutcome(String result) {
    return new TestStep(
        eventId,
        stepId,
        parentId,
        stepName,
        agent,
        model,
        workflow,
        result,
        occurredAtMicros,
        latencyMillis,
        attempt,
        failed,
        retry,
        span,
        counted,
        unpriced,
        inputTokens,
        outputTokens,
        cost);
  }

  TestStep withNames(String name, String ofAgent, String ofModel) {
    return new TestStep(
        eventId,
        stepId,
        parentId,
        name,
        ofAgent,
        ofModel,
        workflow,
        outcome,
        occurredAtMicros,
        latencyMillis,
        attempt,
        failed,
        retry,
        span,
        counted,
        unpriced,
        inputTokens,
        outputTokens,
        cost);
  }

  TestStep withInput(long tokens) {
    return new TestStep(
        eventId,
        stepId,
        parentId,
        stepName,
        agent,
        model,
        workflow,
        outcome,
        occurredAtMicros,
        latencyMillis,
        attempt,
        failed,
        retry,
        span,
        counted,
        unpriced,
        tokens,
        outputTokens,
        cost);
  }

  TestStep costing(String usd) {
    return new TestStep(
        eventId,
        stepId,
        parentId,
        stepName,
        agent,
        model,
        workflow,
        outcome,
        occurredAtMicros,
        latencyMillis,
        attempt,
        failed,
        retry,
        span,
        counted,
        unpriced,
        inputTokens,
        outputTokens,
        Money.parse(usd));
  }

  /** The same request while it has no price. */
  TestStep beforeItsPrice() {
    return new TestStep(
        eventId,
        stepId,
        parentId,
        stepName,
        agent,
        model,
        workflow,
        outcome,
        occurredAtMicros,
        latencyMillis,
        attempt,
        failed,
        retry,
        span,
        null,
        true,
        inputTokens,
        outputTokens,
        Money.ZERO);
  }

  /** What corrects it when its price has come. */
  TestStep afterItsPrice() {
    return new TestStep(
        eventId,
        stepId,
        parentId,
        stepName,
        agent,
        model,
        workflow,
        outcome,
        occurredAtMicros,
        latencyMillis,
        attempt,
        failed,
        retry,
        span,
        CountedStep.UNPRICED,
        false,
        inputTokens,
        outputTokens,
        cost);
  }

  /** What corrects it when its price was wrong. */
  TestStep correctedTo(String usd) {
    return new TestStep(
        eventId,
        stepId,
        parentId,
        stepName,
        agent,
        model,
        workflow,
        outcome,
        occurredAtMicros,
        latencyMillis,
        attempt,
        failed,
        retry,
        span,
        new CountedStep(unpriced, false, cost),
        false,
        inputTokens,
        outputTokens,
        Money.parse(usd));
  }

  @Override
  public long eventKey() {
    return key(eventId);
  }

  @Override
  public long stepKey() {
    return stepId == null ? 0 : key(stepId);
  }

  @Override
  public long parentKey() {
    return parentId == null ? 0 : key(parentId);
  }

  private static long key(String id) {
    return (id.hashCode() * 0x9E3779B97F4A7C15L) | 1;
  }

  @Override
  public boolean fallback() {
    return false;
  }

  @Override
  public long cacheReadTokens() {
    return inputTokens / 2;
  }

  @Override
  public long cacheWriteTokens() {
    return inputTokens / 4;
  }

  @Override
  public long reasoningTokens() {
    return outputTokens / 2;
  }

  @Override
  public long costHigh() {
    return cost.hi();
  }

  @Override
  public long costLow() {
    return cost.lo();
  }
}

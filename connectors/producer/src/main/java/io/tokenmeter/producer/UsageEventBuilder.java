package io.tokenmeter.producer;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.UsageValidator;
import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.schemas.UsageSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds a usage event and refuses one that Tokenmeter would reject.
 *
 * <p>Counts are inclusive: {@code inputTokens} includes cache reads and writes, {@code
 * outputTokens} includes reasoning. A count that is not set is absent, which is not zero. Not
 * thread-safe.
 */
public final class UsageEventBuilder {

  /** Decimals of an extra unit, by the schema. */
  private static final int UNIT_SCALE = 6;

  private static final int MONEY_SCALE = 12;

  static {
    GeneratedClasses.trust();
  }

  private final UsageEvent event = new UsageEvent();
  private final Map<String, BigDecimal> extraUnits = new LinkedHashMap<>();
  private final Map<String, String> tags = new LinkedHashMap<>();

  private UsageEventBuilder(String eventId, String provider, String model) {
    event.setEventId(eventId);
    event.setProvider(provider);
    event.setModel(model);
    event.setOccurredAt(Instant.now().truncatedTo(ChronoUnit.MICROS));
    event.setCostRole(CostRole.LEAF);
    event.setStatus(RequestStatus.OK);
    event.setUsageSource(UsageSource.PROVIDER);
  }

  /**
   * An event of a request that happens now.
   *
   * @param eventId the same whenever this event is sent again, such as the provider's response id:
   *     a resent event is counted once
   * @param provider who serves and bills the request, such as openai, azure or bedrock; not the
   *     vendor of the model
   * @param model as served, as the provider names it
   */
  public static UsageEventBuilder of(String eventId, String provider, String model) {
    return new UsageEventBuilder(eventId, provider, model);
  }

  /** When the request was made; prices are looked up as of then. Cut off to microseconds. */
  public UsageEventBuilder occurredAt(Instant instant) {
    event.setOccurredAt(instant.truncatedTo(ChronoUnit.MICROS));
    return this;
  }

  /** The execution that the request is a step of; all its events share a partition. */
  public UsageEventBuilder run(String workflow, String runId) {
    event.setWorkflow(workflow);
    event.setRunId(runId);
    return this;
  }

  /**
   * This step of the run.
   *
   * @param name the same in every run
   */
  public UsageEventBuilder step(String stepId, @Nullable String parentStepId, String name) {
    event.setStepId(stepId);
    event.setParentStepId(parentStepId);
    event.setStepName(name);
    return this;
  }

  /** How the request ended, and if it failed, how. */
  public UsageEventBuilder status(RequestStatus status, @Nullable String errorType) {
    event.setStatus(status);
    event.setErrorType(errorType);
    return this;
  }

  /** Time to the last byte, and to the first token where that is known. */
  public UsageEventBuilder latency(Duration total, @Nullable Duration firstToken) {
    event.setLatencyMs(total.toMillis());
    event.setTimeToFirstTokenMs(firstToken == null ? null : firstToken.toMillis());
    return this;
  }

  /** All input tokens, cache reads and writes included. */
  public UsageEventBuilder inputTokens(long tokens) {
    event.setInputTokens(tokens);
    return this;
  }

  /** Input tokens read from the provider's cache; part of the input. */
  public UsageEventBuilder cacheReadTokens(long tokens) {
    event.setCacheReadTokens(tokens);
    return this;
  }

  /** Input tokens written to the provider's cache; part of the input. */
  public UsageEventBuilder cacheWriteTokens(long tokens) {
    event.setCacheWriteTokens(tokens);
    return this;
  }

  /** Cache writes kept for an hour; part of the cache writes. */
  public UsageEventBuilder cacheWrite1hTokens(long tokens) {
    event.setCacheWrite1hTokens(tokens);
    return this;
  }

  /** All output tokens, reasoning included. */
  public UsageEventBuilder outputTokens(long tokens) {
    event.setOutputTokens(tokens);
    return this;
  }

  /** Output tokens spent on reasoning; part of the output. */
  public UsageEventBuilder reasoningTokens(long tokens) {
    event.setReasoningTokens(tokens);
    return this;
  }

  /**
   * A further quantity, such as web_searches, images or input_audio_tokens.
   *
   * @throws ArithmeticException if the quantity has more than 6 decimals
   */
  public UsageEventBuilder extraUnit(String unit, BigDecimal quantity) {
    BigDecimal scaled = quantity.setScale(UNIT_SCALE, RoundingMode.UNNECESSARY);
    extraUnits.put(unit, scaled);
    return this;
  }

  /**
   * What the provider or a gateway says the request cost, USD. Kept for comparison only.
   *
   * @throws ArithmeticException if the cost has more than 12 decimals
   */
  public UsageEventBuilder providerReportedCost(BigDecimal usd) {
    event.setProviderReportedCostUsd(usd.setScale(MONEY_SCALE, RoundingMode.UNNECESSARY));
    return this;
  }

  public UsageEventBuilder tag(String name, String value) {
    tags.put(name, value);
    return this;
  }

  /** Sets any other field of the event: {@code with(e -> e.setTeam("search"))}. */
  public UsageEventBuilder with(Consumer<UsageEvent> setter) {
    setter.accept(event);
    return this;
  }

  /**
   * The event.
   *
   * @throws InvalidUsageException if Tokenmeter would reject it: a required field is missing, a
   *     text is too long, a count is negative, parts exceed their total, or its time is out of
   *     range
   */
  public UsageEvent build() {
    event.setExtraUnits(extraUnits.isEmpty() ? null : extraUnits);
    event.setTags(tags.isEmpty() ? null : tags);
    Rejection rejection =
        new UsageEventCheck(UsageValidator.DEFAULT_MAX_SKEW, Instant.now()).findRejection(event);
    if (rejection != null) {
      throw new InvalidUsageException(rejection);
    }
    return UsageEvent.newBuilder(event).build();
  }
}

package io.tokenmeter.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.usage.RejectionReason;
import io.tokenmeter.schemas.RequestStatus;
import io.tokenmeter.schemas.UsageEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageEventBuilderTest {

  private static UsageEventBuilder event() {
    return UsageEventBuilder.of("chatcmpl-1", "openai", "gpt-4o");
  }

  @Test
  void everythingSet_standsInTheEventAndCanBeWritten() throws IOException {
    UsageEvent event =
        event()
            .occurredAt(Instant.parse("2026-03-01T10:00:00.123456789Z"))
            .run("helpdesk", "run-7")
            .step("s2", "s1", "answer")
            .status(RequestStatus.ERROR, "timeout")
            .latency(Duration.ofMillis(1500), Duration.ofMillis(300))
            .inputTokens(1000)
            .cacheReadTokens(400)
            .cacheWriteTokens(100)
            .cacheWrite1hTokens(60)
            .outputTokens(200)
            .reasoningTokens(50)
            .extraUnit("web_searches", new BigDecimal("2"))
            .providerReportedCost(new BigDecimal("0.0125"))
            .tag("tier", "gold")
            .with(fields -> fields.setTeam("search"))
            .build();

    assertThat(event.getOccurredAt()).isEqualTo(Instant.parse("2026-03-01T10:00:00.123456Z"));
    assertThat(event.getExtraUnits()).isEqualTo(Map.of("web_searches", new BigDecimal("2.000000")));
    assertThat(event.getTeam()).isEqualTo("search");
    assertThat(event.getLatencyMs()).isEqualTo(1500);
    assertThat(UsageEvent.getDecoder().decode(UsageEvent.getEncoder().encode(event)))
        .isEqualTo(event);
  }

  @Test
  void countThatIsNotSet_isAbsentAndNotZero() {
    UsageEvent event = event().outputTokens(0).build();

    assertThat(event.getInputTokens()).isNull();
    assertThat(event.getOutputTokens()).isZero();
    assertThat(event.getTags()).isNull();
  }

  @Test
  void partsLargerThanTheirTotal_areRefused_notClamped() {
    assertRefused(
        event().inputTokens(10).cacheReadTokens(11),
        RejectionReason.CONTRADICTORY_COUNTS,
        "input_tokens is 10, but its reported parts add up to 11");
    assertRefused(
        event().outputTokens(10).extraUnit("output_audio_tokens", BigDecimal.valueOf(12)),
        RejectionReason.CONTRADICTORY_COUNTS,
        "output_tokens is 10, but its reported parts add up to 12");
  }

  @Test
  void negativeCount_isRefused() {
    assertRefused(
        event().inputTokens(-1), RejectionReason.NEGATIVE_COUNT, "input_tokens is -1, below zero");
  }

  @Test
  void missingOrUnusableFields_areNamed() {
    assertRefused(
        UsageEventBuilder.of("", "openai", "gpt-4o"),
        RejectionReason.MISSING_FIELD,
        "event_id is required and is absent or empty");
    assertRefused(
        event().with(fields -> fields.setModel(null)),
        RejectionReason.MISSING_FIELD,
        "model is required and is absent or empty");
    assertRefused(
        event().with(fields -> fields.setTeam("x".repeat(1025))),
        RejectionReason.TEXT_TOO_LONG,
        "team has 1025 characters, more than the allowed 1024");
    assertRefused(
        event().tag("half a pair", "\ud83d"),
        RejectionReason.MALFORMED_FIELD,
        "the value of a tag must be valid Unicode");
  }

  @Test
  void apiKeyItself_isRefused_whereItsAliasIsNot() {
    assertRefused(
        event().with(fields -> fields.setApiKeyId("sk-proj-abcdefghijklmnopqrstuvwxyz")),
        RejectionReason.MALFORMED_FIELD,
        "api_key_id must be an alias or a hash, never the key itself");
    assertThat(event().with(fields -> fields.setApiKeyId("sk-...wxyz")).build().getApiKeyId())
        .isEqualTo("sk-...wxyz");
  }

  @Test
  void timeOutOfRange_isRefused() {
    Instant tomorrow = Instant.now().plus(Duration.ofHours(25));
    assertThatThrownBy(() -> event().occurredAt(tomorrow).build())
        .isInstanceOf(InvalidUsageException.class)
        .extracting("reason")
        .isEqualTo(RejectionReason.OCCURRED_IN_FUTURE);
    assertThatThrownBy(() -> event().occurredAt(Instant.EPOCH).build())
        .extracting("reason")
        .isEqualTo(RejectionReason.OCCURRED_TOO_EARLY);
    assertRefused(
        event().occurredAt(Instant.MAX),
        RejectionReason.MALFORMED_FIELD,
        "occurred_at must be a time between the years 1 and 9999");
  }

  @Test
  void moreDecimalsThanTheSchemaHas_areRefused_notRounded() {
    assertThatThrownBy(() -> event().extraUnit("audio_seconds", new BigDecimal("0.0000001")))
        .isInstanceOf(ArithmeticException.class);
  }

  private static void assertRefused(
      UsageEventBuilder builder, RejectionReason reason, String message) {
    assertThatThrownBy(builder::build)
        .isInstanceOf(InvalidUsageException.class)
        .hasMessage(message)
        .extracting("reason")
        .isEqualTo(reason);
  }
}

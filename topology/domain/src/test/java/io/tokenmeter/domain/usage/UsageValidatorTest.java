package io.tokenmeter.domain.usage;

import static io.tokenmeter.domain.usage.RejectionReason.CONTRADICTORY_COUNTS;
import static io.tokenmeter.domain.usage.RejectionReason.FRACTIONAL_TOKENS;
import static io.tokenmeter.domain.usage.RejectionReason.IMPLAUSIBLE_COUNT;
import static io.tokenmeter.domain.usage.RejectionReason.MISSING_FIELD;
import static io.tokenmeter.domain.usage.RejectionReason.NEGATIVE_COUNT;
import static io.tokenmeter.domain.usage.RejectionReason.OCCURRED_IN_FUTURE;
import static io.tokenmeter.domain.usage.RejectionReason.OCCURRED_TOO_EARLY;
import static io.tokenmeter.domain.usage.RejectionReason.TEXT_TOO_LONG;
import static io.tokenmeter.domain.usage.RejectionReason.UNKNOWN_VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageValidatorTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final UsageValidator validator = new UsageValidator();
  private final UsageQuantities usage = new UsageQuantities().set(Unit.INPUT, 10);

  @Test
  void plainEvent_isAccepted() {
    assertThat(validate("e1", event(NOW))).isNull();
  }

  @Test
  void eventWithoutAnyCount_isAccepted() {
    usage.clear();
    assertThat(validate("e1", event(NOW))).isNull();
  }

  @Test
  void requiredField_mustNotBeAbsentOrBlank() {
    assertRejected(validate(null, event(NOW)), MISSING_FIELD, "event_id is required");
    assertRejected(validate(" ", event(NOW)), MISSING_FIELD, "event_id is required");
    assertRejected(
        validate("e1", BillableEvent.of("", "gpt-4o", NOW, usage)), MISSING_FIELD, "provider");
    assertRejected(
        validate("e1", BillableEvent.of("openai", "", NOW, usage)), MISSING_FIELD, "model");
  }

  @Test
  void textBeyondTheLimit_isRejectedWithoutQuotingIt() {
    String longText = "x".repeat(UsageValidator.MAX_TEXT_LENGTH + 1);
    assertRejected(
        validate("e1", event(NOW).withTeam(longText)),
        TEXT_TOO_LONG,
        "team has 1025 characters, more than the allowed 1024");
    assertThat(validator.checkText("workflow", longText.substring(1))).isNull();
    assertThat(validator.checkText("workflow", null)).isNull();
  }

  @Test
  void occurredAt_mayBeADayAheadOfTheArrivalAndNoMore() {
    assertThat(validate("e1", event(NOW.plus(Duration.ofHours(24))))).isNull();
    assertRejected(
        validate("e1", event(NOW.plus(Duration.ofHours(24)).plusMillis(1))),
        OCCURRED_IN_FUTURE,
        "2026-03-02T12:00:00.001Z");
    UsageValidator strict = new UsageValidator(Duration.ZERO);
    assertRejected(
        strict.validate("e1", event(NOW.plusSeconds(1)), micros(NOW)), OCCURRED_IN_FUTURE, "");
  }

  @Test
  void occurredAt_mayBeYearsBeforeTheArrivalButNotBeforeTheFirstModels() {
    assertThat(validate("e1", event(Instant.parse("2023-11-16T18:15:46Z")))).isNull();
    assertRejected(
        validate("e1", event(Instant.parse("1970-01-21T00:00:00Z"))),
        OCCURRED_TOO_EARLY,
        "before 2015-01-01T00:00:00Z");
  }

  @Test
  void extremeTimes_doNotWrapAround() {
    var atTheEnd =
        new BillableEvent(
            "openai", "gpt-4o", null, null, null, null, Long.MAX_VALUE, CostRole.LEAF, usage);
    assertRejected(validate("e1", atTheEnd), OCCURRED_IN_FUTURE, "");
  }

  @Test
  void counts_mustBeInRange() {
    usage.set(Unit.OUTPUT, -1);
    assertRejected(validate("e1", event(NOW)), NEGATIVE_COUNT, "output_tokens is -1, below zero");
    usage.set(Unit.OUTPUT, 1_000_000_000_000L);
    assertRejected(validate("e1", event(NOW)), IMPLAUSIBLE_COUNT, "output_tokens");
    usage.set(Unit.OUTPUT, Long.MIN_VALUE);
    assertRejected(validate("e1", event(NOW)), NEGATIVE_COUNT, "output_tokens");
    usage.set(Unit.OUTPUT, 0).setExtra("audio_seconds", -1);
    assertRejected(
        validate("e1", event(NOW)), NEGATIVE_COUNT, "audio_seconds is -0.000001, below zero");
  }

  @Test
  void tokens_areWholeAndOtherUnitsNeedNotBe() {
    usage.setExtra("audio_seconds", 12_340_000);
    assertThat(validate("e1", event(NOW))).isNull();
    usage.setExtra("input_audio_tokens", 2_500_000);
    assertRejected(validate("e1", event(NOW)), FRACTIONAL_TOKENS, "input_audio_tokens is 2.500000");
  }

  @Test
  void unitReportedTwice_mustAgree() {
    usage.setExtra("input_tokens", 10_000_000);
    assertThat(validate("e1", event(NOW))).isNull();
    usage.setExtra("input_tokens", 11_000_000);
    assertRejected(
        validate("e1", event(NOW)), CONTRADICTORY_COUNTS, "reported twice, as 10 and as 11");
  }

  @Test
  void subsetAboveItsTotal_isRejected() {
    usage.set(Unit.CACHE_READ, 11);
    assertRejected(
        validate("e1", event(NOW)),
        CONTRADICTORY_COUNTS,
        "input_tokens is 10, but its reported parts add up to 11");
  }

  @Test
  void clearedQuantities_forgetTheirProblem() {
    usage.setExtra("input_audio_tokens", 2_500_000);
    usage.clear();
    assertThat(validate("e1", event(NOW))).isNull();
    assertThat(usage.get(Unit.INPUT)).isEqualTo(UsageQuantities.ABSENT);
  }

  @Test
  void unknownEnumValue_namesWhatIsAllowed() {
    Rejection rejection = Rejection.unknownValue("cost_role", List.of("LEAF", "ROLLUP"));
    assertRejected(rejection, UNKNOWN_VALUE, "cost_role must be one of LEAF, ROLLUP");
  }

  private Rejection validate(String eventId, BillableUsage event) {
    return validator.validate(eventId, event, micros(NOW));
  }

  private BillableEvent event(Instant occurredAt) {
    return BillableEvent.of("openai", "gpt-4o", occurredAt, usage);
  }

  private static long micros(Instant instant) {
    return instant.toEpochMilli() * 1000;
  }

  private static void assertRejected(Rejection actual, RejectionReason reason, String message) {
    assertThat(actual).isNotNull();
    assertThat(actual.reason()).isEqualTo(reason);
    assertThat(actual.message()).contains(message);
  }
}

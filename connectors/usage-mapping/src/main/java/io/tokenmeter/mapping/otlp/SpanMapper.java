package io.tokenmeter.mapping.otlp;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.mapping.MappingOptions;
import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.EventIds;
import io.tokenmeter.mapping.event.Numbers;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.UsageEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps one GenAI span. Attribute names are those of
 * https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/registry/attributes/gen-ai.md
 * and its forerunners; {@link TokenAttributes} has the counts.
 */
final class SpanMapper {

  /** Provider and model of a step that is no request and names none. */
  static final String NONE = "none";

  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
  private static final Pattern SPAN_ID = Pattern.compile("(?!0{16})[0-9a-f]{16}");

  private final Optional<String> defaultProvider;

  SpanMapper(MappingOptions options) {
    defaultProvider = options.defaultProvider();
  }

  /**
   * The event of a span that is about generative AI, not yet checked.
   *
   * @throws RejectedException if the span has no valid ids or contradicts itself
   */
  EventDraft map(Span span, SpanTree tree) throws RejectedException {
    EventDraft draft = new EventDraft();
    boolean structure = tree.role(span) == SpanRole.STRUCTURE;
    draft.fields().setCostRole(structure ? CostRole.ROLLUP : CostRole.LEAF);
    readIds(span, tree, draft);
    readTimes(span, draft);
    readModel(span.attributes(), structure, draft);
    readTiers(span.attributes(), draft);
    readOutcome(span, draft);
    SpanAttribution.read(span, tree, draft);
    TokenAttributes.read(span.attributes(), draft.counts());
    SpanTags.read(span, draft);
    return draft;
  }

  private static void readIds(Span span, SpanTree tree, EventDraft draft) throws RejectedException {
    checkId(TRACE_ID, "traceId", span.traceId());
    checkId(SPAN_ID, "spanId", span.spanId());
    UsageEvent event = draft.fields();
    event.setEventId(EventIds.of("otlp", span.traceId(), span.spanId()));
    event.setRunId(span.traceId());
    event.setStepId(span.spanId());
    event.setParentStepId(tree.parentStep(span));
    event.setStepName(span.name().isBlank() ? null : span.name());
  }

  private static void checkId(Pattern form, String field, String id) throws RejectedException {
    if (!form.matcher(id).matches()) {
      throw RejectedException.malformed(field, "a valid id, not all zeros");
    }
  }

  private static void readTimes(Span span, EventDraft draft) throws RejectedException {
    if (span.startNanos() == 0) {
      throw new RejectedException(Rejection.missing("startTimeUnixNano"));
    }
    long micros = Long.divideUnsigned(span.startNanos(), NANOS_PER_MICRO);
    draft.occurredAt(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    if (Long.compareUnsigned(span.endNanos(), span.startNanos()) >= 0) {
      long nanos = span.endNanos() - span.startNanos();
      draft.fields().setLatencyMs(Long.divideUnsigned(nanos, NANOS_PER_MILLI));
    }
    BigDecimal firstChunk = span.attributes().number("gen_ai.response.time_to_first_chunk");
    if (firstChunk != null) {
      draft
          .fields()
          .setTimeToFirstTokenMs(
              Numbers.millisOfSeconds("gen_ai.response.time_to_first_chunk", firstChunk));
    }
  }

  private void readModel(Attributes attributes, boolean structure, EventDraft draft)
      throws RejectedException {
    String provider =
        attributes.text("gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system");
    draft.provider(provider != null ? provider : structure ? NONE : defaultProvider.orElse(null));
    String served =
        attributes.text("gen_ai.response.model", "llm.response.model", "llm.model_name");
    String requested =
        attributes.text("gen_ai.request.model", "llm.request.model", "embedding.model_name");
    draft.models(served == null && requested == null && structure ? NONE : requested, served);
    String operation = SpanRole.operation(attributes);
    draft.fields().setOperation(operation);
    Long cap = attributes.count("gen_ai.request.max_tokens");
    draft.fields().setMaxOutputTokens(cap);
    draft.fields().setProviderReportedCostUsd(reportedCost(attributes));
  }

  /** Not in the conventions; some gateways and libraries report it under one of these names. */
  private static @Nullable BigDecimal reportedCost(Attributes attributes) throws RejectedException {
    for (String key :
        new String[] {"gen_ai.usage.cost", "gen_ai.usage.total_cost", "llm.cost.total"}) {
      BigDecimal cost = attributes.number(key);
      if (cost != null) {
        return Numbers.reportedCost(key, cost);
      }
    }
    return null;
  }

  private static void readTiers(Attributes attributes, EventDraft draft) {
    draft.serviceTiers(
        attributes.text(
            "openai.request.service_tier",
            "gen_ai.openai.request.service_tier",
            "gen_ai.request.service_tier"),
        attributes.text(
            "openai.response.service_tier",
            "gen_ai.openai.response.service_tier",
            "gen_ai.response.service_tier"));
  }

  private static void readOutcome(Span span, EventDraft draft) throws RejectedException {
    String errorType = span.attributes().text("error.type");
    if (errorType == null) {
      errorType = span.exception();
    }
    if (span.error() || errorType != null) {
      draft.failed(errorType);
    }
    BigDecimal resent = span.attributes().number("http.request.resend_count");
    if (resent != null) {
      long attempts = Numbers.count("http.request.resend_count", resent) + 1;
      draft.fields().setAttempt((int) Math.min(attempts, Integer.MAX_VALUE));
    }
  }
}

package io.tokenmeter.mapping.usagejson;

import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.mapping.event.EventDraft;
import io.tokenmeter.mapping.event.RejectedException;
import io.tokenmeter.schemas.UsageEvent;
import java.math.BigDecimal;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Fields of the usage event that a sender gave beside something else, taken over into a draft. */
public final class GivenFields {

  private GivenFields() {}

  /** Takes the tags over, so that they win over those that come later. */
  public static void applyTags(UsageEvent given, EventDraft draft) {
    if (given.getTags() != null) {
      draft.tags().putAll(given.getTags());
    }
  }

  /**
   * Takes all other fields over; they replace what the draft has.
   *
   * @throws RejectedException if a count differs from one that the draft has already
   */
  public static void apply(UsageEvent given, EventDraft draft) throws RejectedException {
    report(Unit.INPUT, given.getInputTokens(), draft);
    report(Unit.CACHE_READ, given.getCacheReadTokens(), draft);
    report(Unit.CACHE_WRITE, given.getCacheWriteTokens(), draft);
    report(Unit.CACHE_WRITE_1H, given.getCacheWrite1hTokens(), draft);
    report(Unit.OUTPUT, given.getOutputTokens(), draft);
    report(Unit.OUTPUT_REASONING, given.getReasoningTokens(), draft);
    reportExtra(given.getExtraUnits(), draft);
    // The draft writes its own counts and tags over whatever is put here.
    for (Schema.Field field : given.getSchema().getFields()) {
      Object value = given.get(field.pos());
      if (value != null) {
        draft.fields().put(field.pos(), value);
      }
    }
  }

  private static void report(Unit unit, @Nullable Long count, EventDraft draft)
      throws RejectedException {
    draft.counts().report(unit, count);
  }

  private static void reportExtra(@Nullable Map<String, BigDecimal> extra, EventDraft draft)
      throws RejectedException {
    if (extra == null) {
      return;
    }
    for (Map.Entry<String, BigDecimal> unit : extra.entrySet()) {
      draft.counts().reportNamed(unit.getKey(), unit.getValue());
    }
  }
}

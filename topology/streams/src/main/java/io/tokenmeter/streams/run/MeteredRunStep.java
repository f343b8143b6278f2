package io.tokenmeter.streams.run;

import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.cost.PricingStatus;
import io.tokenmeter.domain.dedupe.EventIdHash;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.domain.rollup.Dimension.Field;
import io.tokenmeter.domain.run.CountedStep;
import io.tokenmeter.domain.run.RunStep;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.streams.avro.Slice;
import io.tokenmeter.streams.usage.CountedCost;
import io.tokenmeter.streams.usage.MeteredEvent;
import io.tokenmeter.streams.usage.Name;
import org.jspecify.annotations.Nullable;

/**
 * The event that a task is working on, as a step of its run. One instance is used for all events of
 * a task; ids become strings only where the run keeps them.
 */
final class MeteredRunStep implements RunStep {
  private static final CostKind[] KINDS = CostKind.values();

  private final EventIdHash hash = new EventIdHash();
  private final MoneySum cost = new MoneySum();
  private MeteredEvent event;
  private @Nullable CountedStep counted;

  @SuppressWarnings("NullAway.Init")
  MeteredRunStep() {}

  /** The step that an event is. */
  RunStep of(MeteredEvent metered) {
    event = metered;
    cost.clear();
    for (CostKind kind : KINDS) {
      cost.add(metered.cost().sumOf(kind));
    }
    CountedCost before = metered.counted();
    counted =
        before == null
            ? null
            : new CountedStep(before.isUnpriced(), before.isFallback(), before.total());
    return this;
  }

  private long key(long slice) {
    if (slice == Slice.ABSENT) {
      return 0;
    }
    hash.hash(event.body(), Slice.offset(slice), Slice.length(slice));
    return hash.high() == 0 ? 1 : hash.high();
  }

  private @Nullable String optionalText(long slice) {
    return slice == Slice.ABSENT ? null : event.text(slice);
  }

  private @Nullable String optionalText(Field field) {
    return optionalText(event.name(field));
  }

  private static @Nullable String optionalText(@Nullable Name name) {
    return name == null ? null : name.text();
  }

  private long reported(Unit unit) {
    return event.quantities().has(unit) ? event.quantities().get(unit) : 0;
  }

  @Override
  public long eventKey() {
    return key(event.eventIdSlice());
  }

  @Override
  public String eventId() {
    return event.eventId();
  }

  @Override
  public long stepKey() {
    return key(event.stepIdSlice());
  }

  @Override
  public @Nullable String stepId() {
    return optionalText(event.stepIdSlice());
  }

  @Override
  public long parentKey() {
    return key(event.parentStepIdSlice());
  }

  @Override
  public @Nullable String stepName() {
    return optionalText(event.stepName());
  }

  @Override
  public @Nullable String agent() {
    return optionalText(Field.AGENT);
  }

  @Override
  public String model() {
    return event.model();
  }

  @Override
  public @Nullable String workflow() {
    return optionalText(Field.WORKFLOW);
  }

  @Override
  public @Nullable String outcome() {
    return optionalText(event.outcomeSlice());
  }

  @Override
  public long occurredAtMicros() {
    return event.occurredAtMicros();
  }

  @Override
  public long latencyMillis() {
    return event.latencyMillis();
  }

  @Override
  public int attempt() {
    return (int) Math.max(1, Math.min(event.attempt(), Integer.MAX_VALUE));
  }

  @Override
  public boolean failed() {
    return event.failed();
  }

  @Override
  public boolean retry() {
    return event.retry();
  }

  @Override
  public boolean span() {
    return event.costRole() == CostRole.ROLLUP;
  }

  @Override
  public @Nullable CountedStep counted() {
    return counted;
  }

  @Override
  public boolean unpriced() {
    return event.cost().status() == PricingStatus.UNPRICED;
  }

  @Override
  public boolean fallback() {
    return event.cost().status() == PricingStatus.FALLBACK;
  }

  @Override
  public long inputTokens() {
    return reported(Unit.INPUT);
  }

  @Override
  public long cacheReadTokens() {
    return reported(Unit.CACHE_READ);
  }

  @Override
  public long cacheWriteTokens() {
    return reported(Unit.CACHE_WRITE);
  }

  @Override
  public long outputTokens() {
    return reported(Unit.OUTPUT);
  }

  @Override
  public long reasoningTokens() {
    return reported(Unit.OUTPUT_REASONING);
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

package io.tokenmeter.cli.cost;

import io.tokenmeter.domain.usage.BillableEvent;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageQuantities;
import io.tokenmeter.schemas.UsageEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A usage event's record as the domain's event. */
final class BillableEvents {
  private static final int MICROS_SCALE = 6;

  private BillableEvents() {}

  /** The event; its quantities may still be contradictory. */
  static BillableEvent of(UsageEvent event) {
    return new BillableEvent(
        event.getProvider(),
        event.getModel(),
        event.getServiceTier(),
        event.getRegion(),
        event.getProject(),
        event.getTeam(),
        ChronoUnit.MICROS.between(Instant.EPOCH, event.getOccurredAt()),
        CostRole.valueOf(event.getCostRole().name()),
        quantities(event));
  }

  private static UsageQuantities quantities(UsageEvent event) {
    UsageQuantities quantities = new UsageQuantities();
    set(quantities, Unit.INPUT, event.getInputTokens());
    set(quantities, Unit.CACHE_READ, event.getCacheReadTokens());
    set(quantities, Unit.CACHE_WRITE, event.getCacheWriteTokens());
    set(quantities, Unit.CACHE_WRITE_1H, event.getCacheWrite1hTokens());
    set(quantities, Unit.OUTPUT, event.getOutputTokens());
    set(quantities, Unit.OUTPUT_REASONING, event.getReasoningTokens());
    Map<String, BigDecimal> extraUnits = event.getExtraUnits();
    if (extraUnits != null) {
      extraUnits.forEach((unit, quantity) -> quantities.setExtra(unit, micros(quantity)));
    }
    return quantities;
  }

  private static long micros(BigDecimal quantity) {
    return quantity.setScale(MICROS_SCALE).unscaledValue().longValueExact();
  }

  private static void set(UsageQuantities quantities, Unit unit, @Nullable Long count) {
    if (count != null) {
      quantities.set(unit, count);
    }
  }
}

package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.cost.PricingStatus;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageQuantities;
import io.tokenmeter.streams.usage.MeteredEvent;

/**
 * What one event adds to each total it belongs to. An event that was counted as unpriced before
 * adds its cost only, and takes the unpriced request away.
 */
final class EventDelta {
  private static final CostKind[] KINDS = CostKind.values();

  private EventDelta() {}

  static void write(MeteredEvent event, RollupTotals delta) {
    delta.clear();
    Cost cost = event.cost();
    if (event.isCorrection()) {
      delta.unpricedRequests = -1;
    } else {
      countRequest(event, delta);
      delta.unpricedRequests = cost.status() == PricingStatus.UNPRICED ? 1 : 0;
    }
    delta.fallbackRequests = cost.status() == PricingStatus.FALLBACK ? 1 : 0;
    boolean batch = event.isBatch();
    for (CostKind kind : KINDS) {
      MoneySum sum = cost.sumOf(kind);
      if (!sum.isZero()) {
        delta.addCost(RollupTotals.costSlot(kind, batch), sum.hi(), sum.lo());
      }
    }
  }

  private static void countRequest(MeteredEvent event, RollupTotals delta) {
    UsageQuantities quantities = event.quantities();
    delta.requests = 1;
    delta.errors = event.failed() ? 1 : 0;
    delta.retries = event.retry() ? 1 : 0;
    delta.cacheReadTokens = reported(quantities, Unit.CACHE_READ);
    delta.cacheWriteTokens = reported(quantities, Unit.CACHE_WRITE);
    delta.inputTokens = reported(quantities, Unit.INPUT);
    delta.outputTokens = reported(quantities, Unit.OUTPUT);
    delta.reasoningTokens = reported(quantities, Unit.OUTPUT_REASONING);
  }

  private static long reported(UsageQuantities quantities, Unit unit) {
    return quantities.has(unit) ? quantities.get(unit) : 0;
  }
}

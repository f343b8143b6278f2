package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.cost.PricingStatus;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageQuantities;
import io.tokenmeter.streams.usage.CountedCost;
import io.tokenmeter.streams.usage.MeteredEvent;

/**
 * What one event adds to each total it belongs to. An event that was counted before adds the
 * difference to what it counted for then: of its cost, and of how it was priced.
 */
final class EventDelta {
  private static final CostKind[] KINDS = CostKind.values();

  private EventDelta() {}

  static void write(MeteredEvent event, RollupTotals delta) {
    delta.clear();
    Cost cost = event.cost();
    CountedCost before = event.counted();
    if (before == null) {
      countRequest(event, delta);
    } else {
      takeBack(event, before, delta);
    }
    delta.unpricedRequests += cost.status() == PricingStatus.UNPRICED ? 1 : 0;
    delta.fallbackRequests += cost.status() == PricingStatus.FALLBACK ? 1 : 0;
    boolean batch = event.isBatch();
    for (CostKind kind : KINDS) {
      MoneySum sum = cost.sumOf(kind);
      if (!sum.isZero()) {
        delta.addCost(RollupTotals.costSlot(kind, batch), sum.hi(), sum.lo());
      }
    }
  }

  private static void takeBack(MeteredEvent event, CountedCost before, RollupTotals delta) {
    delta.unpricedRequests = before.isUnpriced() ? -1 : 0;
    delta.fallbackRequests = before.isFallback() ? -1 : 0;
    boolean batch = event.isBatch();
    for (CostKind kind : KINDS) {
      Money taken = before.of(kind).negate();
      if (taken.signum() != 0) {
        delta.addCost(RollupTotals.costSlot(kind, batch), taken.hi(), taken.lo());
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

package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.benchmarks.workload.ModelPrice;
import io.tokenmeter.benchmarks.workload.PriceSheet;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.LineItem;
import io.tokenmeter.schemas.PricingStatus;
import io.tokenmeter.schemas.UsageEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prices the workload's events with whole numbers: no tiers, no time of day, no fallbacks. What the
 * rungs (a), (b), (c) and (c') use, so that none of them pays for pricing rules that it would not
 * have.
 */
final class SimplePrices {
  private static final int SCALE = 12;

  private final Map<String, ModelPrice> byModel = new HashMap<>();

  SimplePrices() {
    PriceSheet.MODELS.forEach(price -> byModel.put(price.model(), price));
  }

  /** Exact cost of an event, USD 1e-12. */
  long costPicos(UsageEvent event) {
    ModelPrice price = byModel.get(event.getModel());
    if (price == null) {
      throw new IllegalArgumentException("no price for " + event.getModel());
    }
    return costPicos(event, price);
  }

  static long costPicos(UsageEvent event, ModelPrice price) {
    return price.costPicos(
        orZero(event.getInputTokens()),
        orZero(event.getCacheReadTokens()),
        orZero(event.getCacheWriteTokens()),
        orZero(event.getOutputTokens()));
  }

  /** The costed record of the event called {@code event_id} in a price list, with its lines. */
  CostedUsage costed(UsageEvent event) {
    ModelPrice price = byModel.get(event.getModel());
    if (price == null) {
      throw new IllegalArgumentException("no price for " + event.getModel());
    }
    return costed(event, price);
  }

  static CostedUsage costed(UsageEvent event, ModelPrice price) {
    long cacheRead = orZero(event.getCacheReadTokens());
    long cacheWrite = orZero(event.getCacheWriteTokens());
    long input = orZero(event.getInputTokens()) - cacheRead - cacheWrite;
    long output = orZero(event.getOutputTokens());
    long cacheReadCost = cacheRead * price.cacheReadPicos();
    long cacheWriteCost = cacheWrite * Math.max(0, price.cacheWritePicos());
    long inputCost = input * price.inputPicos() + cacheReadCost + cacheWriteCost;
    long outputCost = output * price.outputPicos();

    List<LineItem> lines = new ArrayList<>(4);
    addLine(lines, "input_tokens", input, price.inputPicos());
    addLine(lines, "cache_read_tokens", cacheRead, price.cacheReadPicos());
    addLine(lines, "cache_write_tokens", cacheWrite, price.cacheWritePicos());
    addLine(lines, "output_tokens", output, price.outputPicos());

    CostedUsage costed = new CostedUsage();
    copyEvent(event, costed);
    costed.setCostUsd(usd(inputCost + outputCost));
    costed.setInputCostUsd(usd(inputCost));
    costed.setOutputCostUsd(usd(outputCost));
    costed.setCacheReadCostUsd(usd(cacheReadCost));
    costed.setCacheWriteCostUsd(usd(cacheWriteCost));
    costed.setFeeCostUsd(usd(0));
    costed.setPricingStatus(PricingStatus.PRICED);
    costed.setPriceKey(price.provider() + "|" + price.model());
    costed.setPriceEffectiveFrom(PriceSheet.EFFECTIVE_FROM);
    costed.setPriceServiceTier("standard");
    costed.setPricingFallbacks(List.of());
    costed.setLines(lines);
    costed.setRevision(1);
    return costed;
  }

  /** The first fields of CostedUsage are those of UsageEvent, in the same order. */
  private static void copyEvent(UsageEvent event, CostedUsage costed) {
    int fields = UsageEvent.getClassSchema().getFields().size();
    for (int i = 0; i < fields; i++) {
      costed.put(i, event.get(i));
    }
  }

  private static void addLine(List<LineItem> lines, String unit, long quantity, long picos) {
    if (quantity > 0) {
      lines.add(
          new LineItem(
              unit,
              BigDecimal.valueOf(quantity * 1_000_000, 6),
              usd(picos),
              usd(quantity * picos)));
    }
  }

  static BigDecimal usd(long picos) {
    return BigDecimal.valueOf(picos, SCALE);
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}

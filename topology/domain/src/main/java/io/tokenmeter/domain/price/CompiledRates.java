package io.tokenmeter.domain.price;

import io.tokenmeter.domain.usage.BillableUsage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rates of one row, worked out once: by region multiplier, time window, tier and context. */
final class CompiledRates {

  /** A name that no tier has. */
  private static final String ANY_OTHER_TIER = "";

  private record Window(
      @Nullable WindowClock clock, Map<String, ContextRates> byTier, ContextRates otherTiers) {

    boolean isOpen(long micros) {
      return clock == null || clock.contains(micros);
    }
  }

  private final List<Window> everywhere;
  private final Map<String, List<Window>> byRegion = new HashMap<>();

  /**
   * @throws java.time.DateTimeException if a window's zone is unknown
   * @throws ArithmeticException if a multiplied price does not fit
   */
  CompiledRates(PriceRow row) {
    everywhere = compile(row, BigDecimal.ONE);
    row.regionMultipliers().forEach((region, factor) -> byRegion.put(region, compile(row, factor)));
  }

  RateTable at(BillableUsage usage, long inputTokens) {
    List<Window> windows = everywhere;
    if (!byRegion.isEmpty() && usage.region() != null) {
      windows = byRegion.getOrDefault(usage.region(), everywhere);
    }
    int open = 0;
    while (!windows.get(open).isOpen(usage.occurredAtMicros())) {
      open++;
    }
    Window window = windows.get(open);
    String tier = PriceLookup.tierName(usage.serviceTier());
    return window.byTier.getOrDefault(tier, window.otherTiers).at(inputTokens);
  }

  /** The row's windows in their order, and at the end the rest of the time. */
  private static List<Window> compile(PriceRow row, BigDecimal multiplier) {
    List<Window> windows = new ArrayList<>();
    for (TimeWindow window : row.windows()) {
      windows.add(compile(row, window, multiplier));
    }
    windows.add(compile(row, null, multiplier));
    return List.copyOf(windows);
  }

  private static Window compile(PriceRow row, @Nullable TimeWindow window, BigDecimal multiplier) {
    PriceLookup lookup = new PriceLookup(row, window);
    Map<String, ContextRates> byTier = new HashMap<>();
    for (String tier : lookup.tiers()) {
      byTier.put(tier, compile(row, lookup, tier, window, multiplier));
    }
    WindowClock clock = window == null ? null : new WindowClock(window);
    return new Window(clock, byTier, compile(row, lookup, ANY_OTHER_TIER, window, multiplier));
  }

  private static ContextRates compile(
      PriceRow row,
      PriceLookup lookup,
      String tier,
      @Nullable TimeWindow window,
      BigDecimal multiplier) {
    String name = window == null ? null : window.name();
    var tables = new RateTableBuilder(row, lookup, tier, name, multiplier);
    return new ContextRates(tables, row.inclusiveThresholds());
  }
}

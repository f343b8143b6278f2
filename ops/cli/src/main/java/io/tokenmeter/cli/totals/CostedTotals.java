package io.tokenmeter.cli.totals;

import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.PricingStatus;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Costed usage added up, each event once: its first record, and the later one that prices it if the
 * first had no price. Not thread-safe.
 */
public final class CostedTotals {

  /** A model and who serves it. */
  public record Model(String provider, String name) {}

  private final ZoneId zone;
  private final Map<String, Boolean> pricedById = new HashMap<>();
  private final UsageTotals all = new UsageTotals();
  private final Map<Model, UsageTotals> byModel = new HashMap<>();
  private final Map<LocalDate, UsageTotals> byDay = new TreeMap<>();

  /** Nothing yet; days begin at midnight in this zone. */
  public CostedTotals(ZoneId zone) {
    this.zone = zone;
  }

  /** Takes a record in; says whether it changed the totals. */
  public boolean add(CostedUsage usage) {
    boolean priced = usage.getPricingStatus() != PricingStatus.UNPRICED;
    Boolean pricedBefore = pricedById.put(usage.getEventId(), priced);
    if (pricedBefore == null) {
      totalsOf(usage).forEach(totals -> totals.add(usage));
      return true;
    }
    if (!pricedBefore && priced) {
      totalsOf(usage).forEach(totals -> totals.reprice(usage));
      return true;
    }
    // Written again after the dedupe horizon: still one event.
    pricedById.put(usage.getEventId(), pricedBefore);
    return false;
  }

  private List<UsageTotals> totalsOf(CostedUsage usage) {
    Model model = new Model(usage.getProvider(), usage.getModel());
    LocalDate day = LocalDate.ofInstant(usage.getOccurredAt(), zone);
    return List.of(
        all,
        byModel.computeIfAbsent(model, m -> new UsageTotals()),
        byDay.computeIfAbsent(day, d -> new UsageTotals()));
  }

  public UsageTotals all() {
    return all;
  }

  /** The models, the dearest first. */
  public List<Map.Entry<Model, UsageTotals>> byModel() {
    return byModel.entrySet().stream()
        .sorted(
            Map.Entry.<Model, UsageTotals>comparingByValue(
                    (a, b) -> b.costUsd().compareTo(a.costUsd()))
                .thenComparing(entry -> entry.getKey().name())
                .thenComparing(entry -> entry.getKey().provider()))
        .toList();
  }

  /** The days in their order. */
  public Map<LocalDate, UsageTotals> byDay() {
    return byDay;
  }
}

package io.tokenmeter.cli.totals;

import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.PricingStatus;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Costed usage added up, each event once, by the highest revision that has come. Not thread-safe.
 */
public final class CostedTotals {

  /** A model and who serves it. */
  public record Model(String provider, String name) {}

  /** What an event has been added as. */
  private record Latest(int revision, boolean unpriced, @Nullable BigDecimal costUsd) {}

  private final ZoneId zone;
  private final Map<String, Latest> latest = new HashMap<>();
  private final UsageTotals all = new UsageTotals();
  private final Map<Model, UsageTotals> byModel = new HashMap<>();
  private final Map<LocalDate, UsageTotals> byDay = new TreeMap<>();

  /** Nothing yet; days begin at midnight in this zone. */
  public CostedTotals(ZoneId zone) {
    this.zone = zone;
  }

  /** Takes a record in; says whether it changed the totals. */
  public boolean add(CostedUsage usage) {
    Latest before = latest.get(usage.getEventId());
    if (before != null && before.revision >= usage.getRevision()) {
      return false; // written again after the dedupe horizon: still one event
    }
    boolean unpriced = usage.getPricingStatus() == PricingStatus.UNPRICED;
    latest.put(usage.getEventId(), new Latest(usage.getRevision(), unpriced, usage.getCostUsd()));
    if (before == null) {
      totalsOf(usage).forEach(totals -> totals.add(usage));
    } else {
      totalsOf(usage).forEach(totals -> totals.correct(before.costUsd, before.unpriced, usage));
    }
    return true;
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

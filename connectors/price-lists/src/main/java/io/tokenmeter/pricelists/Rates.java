package io.tokenmeter.pricelists;

import io.tokenmeter.domain.price.ContextTier;
import io.tokenmeter.domain.price.UnitPrice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The prices of one row while it is being read: pico-dollars a unit by service tier, unit and
 * context threshold. Threshold 0 is the base price.
 */
final class Rates {
  private final Map<String, Map<String, TreeMap<Long, Long>>> byTier = new LinkedHashMap<>();

  /** Sets a price; false if there was one and it stays. */
  boolean add(String tier, String unit, long threshold, long picos) {
    return thresholds(tier, unit).putIfAbsent(threshold, picos) == null;
  }

  void set(String tier, String unit, long threshold, long picos) {
    thresholds(tier, unit).put(threshold, picos);
  }

  private NavigableMap<Long, Long> thresholds(String tier, String unit) {
    return byTier
        .computeIfAbsent(tier, any -> new LinkedHashMap<>())
        .computeIfAbsent(unit, any -> new TreeMap<>());
  }

  /** The price at a threshold, or null. */
  @Nullable Long get(String tier, String unit, long threshold) {
    TreeMap<Long, Long> prices = byTier.getOrDefault(tier, Map.of()).get(unit);
    return prices == null ? null : prices.get(threshold);
  }

  /** Prices of a unit by threshold, ascending; empty where it has none. */
  Map<Long, Long> of(String tier, String unit) {
    return byTier.getOrDefault(tier, Map.of()).getOrDefault(unit, new TreeMap<>());
  }

  /** The service tiers priced, in the order of the file. */
  List<String> tiers() {
    return List.copyOf(byTier.keySet());
  }

  /** The units priced at a tier, in the order of the file. */
  List<String> units(String tier) {
    return List.copyOf(byTier.getOrDefault(tier, Map.of()).keySet());
  }

  void remove(String tier, String unit) {
    Map<String, TreeMap<Long, Long>> units = byTier.get(tier);
    if (units != null && units.remove(unit) != null && units.isEmpty()) {
      byTier.remove(tier);
    }
  }

  boolean isEmpty() {
    return byTier.isEmpty();
  }

  /** The prices that have a base price, in the order of the file, standard tier first. */
  List<UnitPrice> toUnitPrices() {
    List<String> tiers = new ArrayList<>(byTier.keySet());
    if (tiers.remove(UnitPrice.STANDARD)) {
      tiers.add(0, UnitPrice.STANDARD);
    }
    List<UnitPrice> prices = new ArrayList<>();
    for (String tier : tiers) {
      byTier
          .getOrDefault(tier, Map.of())
          .forEach(
              (unit, thresholds) -> {
                Long base = thresholds.get(0L);
                if (base != null) {
                  prices.add(new UnitPrice(tier, unit, base, contextTiers(thresholds)));
                }
              });
    }
    return prices;
  }

  private static List<ContextTier> contextTiers(NavigableMap<Long, Long> thresholds) {
    List<ContextTier> tiers = new ArrayList<>();
    thresholds
        .tailMap(0L, false)
        .forEach((threshold, picos) -> tiers.add(new ContextTier(threshold, picos)));
    return tiers;
  }
}

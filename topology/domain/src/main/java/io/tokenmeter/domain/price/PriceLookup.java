package io.tokenmeter.domain.price;

import io.tokenmeter.domain.usage.Unit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of a row's prices a unit is billed at, inside or outside a time window.
 *
 * <p>The order: the unit at the served tier, the unit at the standard tier, then the same for the
 * nearest unit that it is part of, and so on. A window's price takes the place of the row's price
 * of the same tier and unit.
 */
final class PriceLookup {

  /**
   * A price that was found.
   *
   * @param standardInstead whether the served tier has none and the standard tier's was taken
   */
  record Found(String unit, UnitPrice price, boolean standardInstead) {

    /** What the cost record says about the way a price was found; null if it is the unit's own. */
    @Nullable String fallbackOf(String billedUnit) {
      if (!standardInstead && unit.equals(billedUnit)) {
        return null;
      }
      return billedUnit + " -> " + (standardInstead ? "standard " : "") + unit;
    }
  }

  private final Map<String, Map<String, UnitPrice>> byTier = new HashMap<>();

  PriceLookup(PriceRow row, @Nullable TimeWindow window) {
    if (window != null) {
      window.prices().forEach(this::addUnlessPriced);
    }
    row.prices().forEach(this::addUnlessPriced);
  }

  /**
   * The tier under which an event's or a price's tier is kept: absent and "default" are standard.
   */
  static String tierName(@Nullable String tier) {
    return tier == null || tier.isEmpty() || tier.equals("default") ? UnitPrice.STANDARD : tier;
  }

  /** The tiers that price anything. */
  Set<String> tiers() {
    return byTier.keySet();
  }

  /** All units, flat ones included, that have a price at some tier. */
  Set<String> units() {
    Set<String> units = new LinkedHashSet<>();
    byTier.values().forEach(prices -> units.addAll(prices.keySet()));
    return units;
  }

  /** Price of a unit that may be billed at the rate of a unit it is part of. */
  @Nullable Found find(String tier, Unit unit) {
    Found found = find(tier, unit.wireName());
    for (int i = 0; found == null && i < unit.ancestors().size(); i++) {
      found = find(tier, unit.ancestors().get(i).wireName());
    }
    return found;
  }

  /** Price of exactly this unit. */
  @Nullable Found find(String tier, String unit) {
    UnitPrice own = price(tier, unit);
    if (own != null) {
      return new Found(unit, own, false);
    }
    UnitPrice standard = price(UnitPrice.STANDARD, unit);
    return standard == null ? null : new Found(unit, standard, true);
  }

  private @Nullable UnitPrice price(String tier, String unit) {
    Map<String, UnitPrice> prices = byTier.get(tier);
    return prices == null ? null : prices.get(unit);
  }

  private void addUnlessPriced(UnitPrice price) {
    Unit unit = Unit.byName(price.unit());
    byTier
        .computeIfAbsent(tierName(price.serviceTier()), tier -> new HashMap<>())
        .putIfAbsent(unit == null ? price.unit() : unit.wireName(), price);
  }
}

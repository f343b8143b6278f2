package io.tokenmeter.domain.price;

import io.tokenmeter.domain.money.Picos;
import io.tokenmeter.domain.price.PriceLookup.Found;
import io.tokenmeter.domain.price.RateTable.FlatRate;
import io.tokenmeter.domain.usage.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Works out the {@link RateTable}s of one row at one service tier, in one window and region. */
final class RateTableBuilder {

  private final PriceRow row;
  private final String tier;
  private final @Nullable String window;
  private final BigDecimal multiplier;
  private final Map<Unit, Found> tokens = new EnumMap<>(Unit.class);
  private final Map<String, Found> flat = new HashMap<>();
  private final byte[] billedAt = new byte[Unit.COUNT];
  private final @Nullable String[] fallbacks = new @Nullable String[Unit.COUNT];

  RateTableBuilder(
      PriceRow row,
      PriceLookup lookup,
      String tier,
      @Nullable String window,
      BigDecimal multiplier) {
    this.row = row;
    this.tier = tier;
    this.window = window;
    this.multiplier = multiplier;
    Arrays.fill(billedAt, (byte) RateTable.NOT_PRICED);
    for (Unit unit : Unit.values()) {
      Found found = lookup.find(tier, unit);
      Unit billed = found == null ? null : Unit.byName(found.unit());
      if (found != null && billed != null) {
        tokens.put(unit, found);
        billedAt[unit.ordinal()] = (byte) billed.ordinal();
        fallbacks[unit.ordinal()] = found.fallbackOf(unit.wireName());
      }
    }
    for (String unit : lookup.units()) {
      Found found = Unit.byName(unit) == null ? lookup.find(tier, unit) : null;
      if (found != null) {
        flat.put(unit, found);
      }
    }
  }

  /** The thresholds at which some price changes, ascending; none in a row with marginal tiers. */
  long[] thresholds() {
    return Stream.concat(tokens.values().stream(), flat.values().stream())
        .flatMap(found -> found.price().contextTiers().stream())
        .filter(contextTier -> !row.marginalTiers())
        .mapToLong(ContextTier::threshold)
        .sorted()
        .distinct()
        .toArray();
  }

  /**
   * @param threshold the context threshold that was crossed, or {@link RateTable#BASE}
   */
  RateTable build(long threshold) {
    long[] picos = new long[Unit.COUNT];
    @Nullable Slices[] slices = new @Nullable Slices[Unit.COUNT];
    tokens.forEach(
        (unit, found) -> {
          Unit billed = Unit.at(billedAt[unit.ordinal()]);
          picos[unit.ordinal()] = multiplied(billed, priceAbove(found.price(), threshold));
          slices[unit.ordinal()] = slicesOf(billed, found.price());
        });
    String servedTier = isStandardOnly() ? UnitPrice.STANDARD : tier;
    return new RateTable(
        servedTier, window, threshold, picos, billedAt, fallbacks, slices, flatRates(threshold));
  }

  private boolean isStandardOnly() {
    return Stream.concat(tokens.values().stream(), flat.values().stream())
        .allMatch(Found::standardInstead);
  }

  private Map<String, FlatRate> flatRates(long threshold) {
    Map<String, FlatRate> rates = new HashMap<>();
    flat.forEach(
        (unit, found) -> {
          long picos = priceAbove(found.price(), threshold);
          rates.put(unit, new FlatRate(unit, picos, found.fallbackOf(unit)));
        });
    return rates;
  }

  /** The price at the highest threshold up to the crossed one, whatever the order of the list. */
  private static long priceAbove(UnitPrice price, long crossed) {
    return price.contextTiers().stream()
        .filter(tier -> tier.threshold() <= crossed)
        .max(Comparator.comparingLong(ContextTier::threshold))
        .map(ContextTier::picosPerUnit)
        .orElse(price.picosPerUnit());
  }

  private @Nullable Slices slicesOf(Unit billed, UnitPrice price) {
    if (!row.marginalTiers() || price.contextTiers().isEmpty()) {
      return null;
    }
    List<Long> starts = new ArrayList<>(List.of(0L));
    List<Long> picos = new ArrayList<>(List.of(multiplied(billed, price.picosPerUnit())));
    price.contextTiers().stream()
        .sorted(Comparator.comparingLong(ContextTier::threshold))
        .forEach(
            tier -> {
              starts.add(tier.threshold());
              picos.add(multiplied(billed, tier.picosPerUnit()));
            });
    return new Slices(starts, picos);
  }

  private long multiplied(Unit billed, long picos) {
    if (multiplier.compareTo(BigDecimal.ONE) == 0) {
      return picos;
    }
    boolean cache = billed.isPartOf(Unit.CACHE_READ) || billed.isPartOf(Unit.CACHE_WRITE);
    return cache && !row.multipliersCoverCache() ? picos : Picos.times(picos, multiplier);
  }
}

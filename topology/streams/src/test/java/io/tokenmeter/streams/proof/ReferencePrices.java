package io.tokenmeter.streams.proof;

import io.tokenmeter.schemas.Price;
import io.tokenmeter.schemas.PriceContextTier;
import io.tokenmeter.schemas.PriceModelPattern;
import io.tokenmeter.schemas.PriceOfUnit;
import io.tokenmeter.schemas.PricePatternKind;
import io.tokenmeter.streams.proof.ExpectedCost.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prices looked up and applied in the plainest way: all rows are tried for every event. Knows exact
 * names, prefixes, projects, teams, regions, dates, service tiers, context tiers and fees, which is
 * what these tests use; the domain's own tests cover the rest.
 */
final class ReferencePrices {
  private static final Comparator<Price> FIRST_WINS =
      Comparator.comparing((Price row) -> row.getProject() == null)
          .thenComparing(row -> row.getTeam() == null)
          .thenComparing(row -> row.getRegion() == null);

  private final Map<String, Price> rows = new HashMap<>();

  /** Puts a row in place of the one with its key; null withdraws it. */
  void put(String key, Price row) {
    if (row == null) {
      rows.remove(key);
    } else {
      rows.put(key, row);
    }
  }

  ExpectedCost cost(InputEvent event) {
    if (!event.leaf()) {
      return ExpectedCost.ofRollupSpan();
    }
    Price row = row(event);
    return row == null ? ExpectedCost.unpriced() : new Calculation(row, event).cost();
  }

  private Price row(InputEvent event) {
    List<Price> fitting = new ArrayList<>();
    for (Price row : rows.values()) {
      if (fits(row, event)) {
        fitting.add(row);
      }
    }
    return fitting.stream()
        .min(
            FIRST_WINS
                .thenComparing(row -> !row.getModel().equals(event.model()))
                .thenComparing(row -> row.getEffectiveFrom() == null ? 0 : -seconds(row)))
        .orElse(null);
  }

  private static long seconds(Price row) {
    return row.getEffectiveFrom().getEpochSecond();
  }

  private static boolean fits(Price row, InputEvent event) {
    return row.getProvider().equals(event.provider())
        && (row.getModel().equals(event.model()) || matches(row, event.model()))
        && (row.getProject() == null || row.getProject().equals(event.project()))
        && (row.getTeam() == null || row.getTeam().equals(event.team()))
        && (row.getRegion() == null || row.getRegion().equals(event.region()))
        && (row.getEffectiveFrom() == null || !event.occurredAt().isBefore(row.getEffectiveFrom()))
        && (row.getEffectiveTo() == null || event.occurredAt().isBefore(row.getEffectiveTo()));
  }

  private static boolean matches(Price row, String model) {
    for (PriceModelPattern pattern : row.getModelPatterns()) {
      if (pattern.getKind() != PricePatternKind.STARTS_WITH) {
        throw new UnsupportedOperationException("not a prefix: " + pattern);
      }
      if (model.startsWith(pattern.getText())) {
        return true;
      }
    }
    return false;
  }

  /** One event at one row. */
  private static final class Calculation {
    private final Price row;
    private final InputEvent event;
    private final String tier;
    private final long context;
    private final Map<Kind, BigDecimal> byKind = new EnumMap<>(Kind.class);
    private boolean fallback;

    Calculation(Price row, InputEvent event) {
      this.row = row;
      this.event = event;
      tier = event.tier() == null ? "standard" : event.tier();
      context = TokenUnits.wholeOf("input_tokens", event.tokens());
    }

    ExpectedCost cost() {
      boolean complete = true;
      for (Map.Entry<String, Long> cell : TokenUnits.disjoint(event.tokens()).entrySet()) {
        if (cell.getValue() > 0) {
          complete &= charge(cell.getKey(), BigDecimal.valueOf(cell.getValue()));
        }
      }
      for (Map.Entry<String, BigDecimal> fee : event.flat().entrySet()) {
        if (fee.getValue().signum() > 0) {
          complete &= charge(fee.getKey(), fee.getValue()) || fee.getKey().equals("requests");
        }
      }
      if (!event.flat().containsKey("requests") && price(tier, "requests") != null) {
        charge("requests", BigDecimal.ONE);
      }
      return complete ? ExpectedCost.of(fallback, byKind) : ExpectedCost.unpriced();
    }

    /** Adds a quantity at the unit's rate or the nearest larger unit's; false if none has one. */
    private boolean charge(String unit, BigDecimal quantity) {
      for (String billed = unit; billed != null; billed = TokenUnits.parent(billed)) {
        PriceOfUnit price = price(tier, billed);
        if (price != null) {
          fallback |= !billed.equals(unit) || !price.getServiceTier().equals(tier);
          BigDecimal cost = quantity.multiply(rate(price)).setScale(12, RoundingMode.HALF_EVEN);
          byKind.merge(Kind.of(billed), cost, BigDecimal::add);
          return true;
        }
      }
      return false;
    }

    private PriceOfUnit price(String wantedTier, String unit) {
      PriceOfUnit standard = null;
      for (PriceOfUnit price : row.getPrices()) {
        if (price.getUnit().equals(unit)) {
          if (price.getServiceTier().equals(wantedTier)) {
            return price;
          }
          if (price.getServiceTier().equals("standard")) {
            standard = price;
          }
        }
      }
      return standard;
    }

    private BigDecimal rate(PriceOfUnit price) {
      BigDecimal rate = price.getUsdPerUnit();
      long highest = -1;
      for (PriceContextTier step : price.getContextTiers()) {
        if (context > step.getThreshold() && step.getThreshold() > highest) {
          highest = step.getThreshold();
          rate = step.getUsdPerUnit();
        }
      }
      return rate;
    }
  }
}

package io.tokenmeter.pricelists;

import io.tokenmeter.documents.Node;
import io.tokenmeter.documents.Suggestion;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.Unit;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the prices of a row or of a window: {@code usd_per_million} for tokens, {@code
 * usd_per_unit} for flat fees, the same per service tier, and all of that again per context tier.
 */
final class PriceBlockReader {
  private static final Set<String> PRICES = Set.of("usd_per_million", "usd_per_unit");
  private static final Set<String> WITH_TIERS =
      Set.of("usd_per_million", "usd_per_unit", "service_tiers");

  /** The keys that hold prices in a row or a window. */
  static final Set<String> KEYS =
      Set.of("usd_per_million", "usd_per_unit", "service_tiers", "context_tiers");

  private static final Set<String> TOKEN_UNITS =
      Arrays.stream(Unit.values()).map(Unit::wireName).collect(Collectors.toSet());

  private final RowErrors errors;
  private final Rates rates = new Rates();

  PriceBlockReader(RowErrors errors) {
    this.errors = errors;
  }

  Rates read(Node.Mapping block) {
    readTiers(block, 0);
    Node tiers = block.get("context_tiers");
    if (tiers instanceof Node.Sequence list) {
      list.items().forEach(this::readContextTier);
      requireBases(tiers.line());
    } else if (tiers != null) {
      errors.add("malformed", tiers.line(), "context_tiers: a list expected");
    }
    return rates;
  }

  private void readContextTier(Node item) {
    if (!(item instanceof Node.Mapping tier)) {
      errors.add("malformed", item.line(), "context_tiers: a mapping expected");
      return;
    }
    errors.unknownKeys(tier, Set.of("above_input_tokens"), WITH_TIERS);
    String above = tier.text("above_input_tokens");
    if (above == null || !above.matches("[0-9]{1,15}") || Long.parseLong(above) == 0) {
      errors.add(
          "malformed", tier.line(), "a context tier needs 'above_input_tokens', such as 200000");
      return;
    }
    readTiers(tier, Long.parseLong(above));
  }

  private void readTiers(Node.Mapping block, long threshold) {
    readPrices(block, UnitPrice.STANDARD, threshold);
    Node tiers = block.get("service_tiers");
    if (tiers instanceof Node.Mapping byTier) {
      for (Node.Entry tier : byTier.entries()) {
        if (tier.value() instanceof Node.Mapping prices) {
          errors.unknownKeys(prices, PRICES, Set.of());
          readPrices(prices, tier.key(), threshold);
        } else {
          errors.add("malformed", tier.line(), "service_tiers." + tier.key() + ": prices expected");
        }
      }
    } else if (tiers != null) {
      errors.add("malformed", tiers.line(), "service_tiers: prices by tier expected");
    }
  }

  private void readPrices(Node.Mapping block, String tier, long threshold) {
    for (Node.Entry entry : units(block, "usd_per_million")) {
      Unit unit = Unit.byName(entry.key());
      if (unit == null) {
        errors.add(
            "unknown-unit",
            entry.line(),
            "usd_per_million: '"
                + entry.key()
                + "' is no token unit"
                + Suggestion.of(entry.key(), TOKEN_UNITS)
                + " (flat fees stand under usd_per_unit)");
      } else {
        add(entry, tier, unit.wireName(), threshold, 1_000_000);
      }
    }
    for (Node.Entry entry : units(block, "usd_per_unit")) {
      String problem = flatUnitProblem(entry.key());
      if (problem == null) {
        add(entry, tier, entry.key(), threshold, 1);
      } else {
        errors.add("unknown-unit", entry.line(), "usd_per_unit: " + problem);
      }
    }
  }

  private Iterable<Node.Entry> units(Node.Mapping block, String key) {
    Node value = block.get(key);
    if (value instanceof Node.Mapping prices) {
      return prices.entries();
    }
    if (value != null) {
      errors.add(
          "malformed", value.line(), key + ": prices by unit expected, found " + value.kind());
    }
    return Set.of();
  }

  /** A token unit under usd_per_unit would cost a million times too much. */
  private static @Nullable String flatUnitProblem(String unit) {
    if (Unit.byName(unit) != null || unit.endsWith("_tokens")) {
      return "tokens are priced under usd_per_million, not '" + unit + "' here";
    }
    return unit.isBlank() ? "a unit needs a name" : null;
  }

  private void add(Node.Entry entry, String tier, String unit, long threshold, long per) {
    Long picos = errors.picos(entry.value(), per, tier + " " + entry.key());
    if (picos != null && !rates.add(tier, unit, threshold, picos)) {
      errors.add("priced-twice", entry.line(), unit + " has two prices at the tier " + tier);
    }
  }

  private void requireBases(int line) {
    for (String tier : rates.tiers()) {
      for (String unit : rates.units(tier)) {
        if (rates.get(tier, unit, 0) == null) {
          errors.add(
              "no-base-price",
              line,
              "context_tiers: " + unit + " (" + tier + ") has no price below the first threshold");
        }
      }
    }
  }
}

package io.tokenmeter.pricelists;

import io.tokenmeter.documents.Node;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.Unit;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code tiered_pricing}: one set of prices per range of input tokens. The range is chosen by the
 * input tokens of the whole request, its start excluded and its end included, and the last one goes
 * on for ever. A range replaces the model's plain prices; what it leaves out costs its input price.
 */
final class LiteLlmTiers {
  private final Findings findings;
  private final Dollars dollars;
  private final String key;
  private final Rates rates;

  LiteLlmTiers(Findings findings, String key, Rates rates) {
    this.findings = findings;
    this.dollars = new Dollars(findings);
    this.key = key;
    this.rates = rates;
  }

  void read(Node tiers) {
    SortedMap<Long, Node.Mapping> byStart = new TreeMap<>();
    Set<String> units = new LinkedHashSet<>();
    if (!(tiers instanceof Node.Sequence list)) {
      unmapped(tiers.line(), "tiered_pricing: a list expected");
      return;
    }
    for (Node tier : list.items()) {
      Long start = tier instanceof Node.Mapping mapping ? start(mapping) : null;
      if (start == null) {
        unmapped(tier.line(), "tiered_pricing: a tier without a range of input tokens; left out");
        continue;
      }
      byStart.put(start, (Node.Mapping) tier);
      for (Node.Entry entry : ((Node.Mapping) tier).entries()) {
        String unit = LiteLlmField.parse(entry.key()).tokenUnit();
        if (unit != null) {
          units.add(unit);
        }
      }
    }
    for (String unit : units) {
      rates.remove(UnitPrice.STANDARD, unit);
    }
    byStart.forEach((start, tier) -> addTier(start, tier, units));
  }

  private void addTier(long start, Node.Mapping tier, Set<String> units) {
    for (Node.Entry entry : tier.entries()) {
      LiteLlmField field = LiteLlmField.parse(entry.key());
      String unit = field.tokenUnit();
      if (unit != null) {
        dollars
            .picos(entry.value(), 1, key, "tiered_pricing " + field.base() + " from " + start)
            .ifPresent(picos -> rates.add(field.tier(), unit, start, picos));
      } else if (!entry.key().equals("range")) {
        unmapped(entry.line(), "tiered_pricing: " + entry.key() + " has no unit here; left out");
      }
    }
    units.forEach(unit -> addMissing(start, unit));
  }

  private void addMissing(long start, String unitName) {
    Unit unit = Unit.byName(unitName);
    if (unit == null || rates.get(UnitPrice.STANDARD, unitName, start) != null) {
      return;
    }
    for (Unit ancestor : unit.ancestors()) {
      Long price = rates.get(UnitPrice.STANDARD, ancestor.wireName(), start);
      if (price != null) {
        rates.add(UnitPrice.STANDARD, unitName, start, price);
        return;
      }
    }
  }

  /** The first token count of a range; null if the tier has no range of tokens. */
  private static @Nullable Long start(Node.Mapping tier) {
    if (tier.get("range") instanceof Node.Sequence range
        && range.items().size() == 2
        && range.items().get(0) instanceof Node.Scalar start
        && start.type() == Node.ScalarType.NUMBER) {
      try {
        return new BigDecimal(start.text()).longValueExact();
      } catch (ArithmeticException e) {
        return null;
      }
    }
    return null;
  }

  private void unmapped(int line, String message) {
    findings.warning(LiteLlmPrices.UNMAPPED + "tiered_pricing", line, key, message);
  }
}

package io.tokenmeter.pricelists;

import io.tokenmeter.documents.Node;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.pricelists.GenaiSchedule.Conditional;
import io.tokenmeter.pricelists.GenaiSchedule.Constraint;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads what one model of genai-prices costs: one set of prices, or several with constraints. */
final class GenaiPrices {
  private final Findings findings;
  private final Dollars dollars;
  private final String row;

  /**
   * @param row provider and model, for findings
   */
  GenaiPrices(Findings findings, String row) {
    this.findings = findings;
    this.dollars = new Dollars(findings);
    this.row = row;
  }

  /** The entries that can be used, in the order of the file. */
  List<Conditional> read(Node.Mapping model) {
    List<Conditional> entries = new ArrayList<>();
    Node prices = model.get("prices");
    if (prices instanceof Node.Mapping always) {
      entries.add(new Conditional(Constraint.NONE, prices(always)));
    } else if (prices instanceof Node.Sequence list) {
      for (Node entry : list.items()) {
        readConditional(entry, entries);
      }
    } else {
      findings.error("malformed", model.line(), row, "prices: a mapping or a list expected");
    }
    return entries;
  }

  private void readConditional(Node entry, List<Conditional> entries) {
    if (!(entry instanceof Node.Mapping mapping)
        || !(mapping.get("prices") instanceof Node.Mapping prices)) {
      findings.error("malformed", entry.line(), row, "prices: an entry without prices");
      return;
    }
    try {
      Constraint constraint = GenaiSchedule.constraint(mapping.get("constraint"));
      entries.add(new Conditional(constraint, prices(prices)));
    } catch (DateTimeException | IllegalArgumentException e) {
      findings.error(
          "constraint", entry.line(), row, "constraint not understood: " + e.getMessage());
    }
  }

  private List<UnitPrice> prices(Node.Mapping prices) {
    Rates rates = new Rates();
    for (Node.Entry entry : prices.entries()) {
      GenaiUnits.Priced priced = GenaiUnits.of(entry.key());
      if (priced == null) {
        findings.warning(
            "unknown-unit", entry.line(), row, "unknown price key '" + entry.key() + "', left out");
      } else if (entry.value() instanceof Node.Mapping tiered) {
        readTiers(rates, priced, tiered, entry.key());
      } else {
        add(rates, priced, 0, entry.value(), entry.key());
      }
    }
    return rates.toUnitPrices();
  }

  private void readTiers(Rates rates, GenaiUnits.Priced priced, Node.Mapping tiered, String key) {
    Node base = tiered.get("base");
    if (base == null || !(tiered.get("tiers") instanceof Node.Sequence tiers)) {
      findings.error("malformed", tiered.line(), row, key + ": {base, tiers} expected");
      return;
    }
    add(rates, priced, 0, base, key);
    for (Node tier : tiers.items()) {
      Node price = tier instanceof Node.Mapping mapping ? mapping.get("price") : null;
      OptionalLong start =
          tier instanceof Node.Mapping mapping
              ? threshold(mapping.text("start"))
              : OptionalLong.empty();
      if (price == null || start.isEmpty()) {
        findings.error("malformed", tier.line(), row, key + ": a tier needs start and price");
      } else {
        add(rates, priced, start.getAsLong(), price, key + " above " + start.getAsLong());
      }
    }
  }

  private static OptionalLong threshold(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,15}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private void add(
      Rates rates, GenaiUnits.Priced priced, long threshold, Node value, String field) {
    dollars
        .picos(value, priced.per(), row, field)
        .ifPresent(picos -> rates.add(UnitPrice.STANDARD, priced.unit(), threshold, picos));
  }
}

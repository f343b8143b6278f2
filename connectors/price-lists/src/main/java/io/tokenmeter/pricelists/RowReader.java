package io.tokenmeter.pricelists;

import io.tokenmeter.documents.Node;
import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.PriceRowBuilder;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one row of the project's own format. Everything wrong with the row is found, not only the
 * first thing.
 */
final class RowReader {
  static final Set<String> KEYS =
      Set.of(
          "provider",
          "provider_aliases",
          "model",
          "aliases",
          "patterns",
          "region",
          "project",
          "team",
          "effective_from",
          "effective_to",
          "windows",
          "context_tiers_inclusive",
          "context_tiers_marginal",
          "region_multipliers",
          "multipliers_cover_cache",
          "source",
          "source_date",
          "note");

  private final Node.Mapping node;
  private final RowErrors errors;

  RowReader(Node.Mapping node, RowErrors errors) {
    this.node = node;
    this.errors = errors;
  }

  /**
   * The row, if nothing is wrong with it.
   *
   * @param source where the prices of the whole file come from
   */
  @Nullable PriceRow read(@Nullable String source) {
    errors.unknownKeys(node, KEYS, PriceBlockReader.KEYS);
    PriceRowBuilder row = PriceRow.of(required("provider"), required("model"));
    texts("provider_aliases").forEach(row::providerAlias);
    texts("aliases").forEach(alias -> row.pattern(ModelPattern.equalTo(alias)));
    row.patterns(patterns())
        .region(text("region"))
        .project(text("project"))
        .team(text("team"))
        .effectiveFrom(moment("effective_from"))
        .effectiveTo(moment("effective_to"))
        .inclusiveThresholds(flag("context_tiers_inclusive", false))
        .marginalTiers(flag("context_tiers_marginal", false))
        .multipliersCoverCache(flag("multipliers_cover_cache", true))
        .source(source(source));
    Rates rates = new PriceBlockReader(errors).read(node);
    if (rates.isEmpty() && errors.isEmpty()) {
      errors.add("no-price", node.line(), "a row needs a price: usd_per_million or usd_per_unit");
    }
    row.prices(rates.toUnitPrices());
    WindowReader windows = new WindowReader(errors);
    items("windows").forEach(window -> windows.readInto(row, window));
    multipliers(row);
    return errors.isEmpty() ? row.build() : null;
  }

  private String required(String key) {
    String text = text(key);
    if (text == null) {
      errors.add("missing-key", node.line(), "a row needs '" + key + "'");
      return "?";
    }
    return text;
  }

  private @Nullable String text(String key) {
    return errors.text(node, key);
  }

  private List<Node> items(String key) {
    Node value = node.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof Node.Sequence list) {
      return list.items();
    }
    errors.add("malformed", value.line(), key + ": a list expected, found " + value.kind());
    return List.of();
  }

  private List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node item : items(key)) {
      if (item instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
        texts.add(scalar.text());
      } else {
        errors.add("malformed", item.line(), key + ": text expected, found " + item.kind());
      }
    }
    return texts;
  }

  private List<ModelPattern> patterns() {
    List<ModelPattern> patterns = new ArrayList<>();
    for (Node item : items("patterns")) {
      try {
        patterns.addAll(ModelMatch.patterns(item));
      } catch (ModelMatch.NotUnderstood e) {
        errors.add("malformed", e.line(), "patterns: " + e.getMessage());
      }
    }
    return patterns;
  }

  private @Nullable Instant moment(String key) {
    String text = text(key);
    try {
      return text == null ? null : Dates.parse(text);
    } catch (DateTimeException e) {
      errors.add(
          "malformed",
          node.line(),
          key
              + ": '"
              + text
              + "' is neither a date (2026-03-13) nor a time with an offset"
              + " (2026-03-13T09:00:00+08:00)");
      return null;
    }
  }

  private boolean flag(String key, boolean whenAbsent) {
    Node value = node.get(key);
    if (value == null) {
      return whenAbsent;
    }
    if (value instanceof Node.Scalar scalar && scalar.type() == Node.ScalarType.BOOLEAN) {
      return scalar.text().equals("true");
    }
    errors.add("malformed", value.line(), key + ": true or false expected");
    return whenAbsent;
  }

  private @Nullable String source(@Nullable String ofFile) {
    String own = text("source");
    String date = text("source_date");
    if (own == null && date == null) {
      return ofFile;
    }
    return Sources.join(
        own == null ? Sources.text(ofFile) : own, date == null ? Sources.date(ofFile) : date);
  }

  private void multipliers(PriceRowBuilder row) {
    Node value = node.get("region_multipliers");
    if (value instanceof Node.Mapping factors) {
      for (Node.Entry entry : factors.entries()) {
        BigDecimal factor = LiteLlmPrices.factor(entry.value());
        if (factor == null) {
          errors.add(
              "malformed",
              entry.line(),
              "region_multipliers: a factor above 0 expected, such as 1.1");
        } else {
          row.regionMultiplier(entry.key(), factor);
        }
      }
    } else if (value != null) {
      errors.add("malformed", value.line(), "region_multipliers: factors by region expected");
    }
  }

  /** The name of a row in findings, as far as it can be told. */
  static String label(Node.Mapping node) {
    StringBuilder label = new StringBuilder();
    label.append(node.text("provider") == null ? "?" : node.text("provider")).append(' ');
    label.append(node.text("model") == null ? "?" : node.text("model"));
    for (String key : List.of("region", "project", "team")) {
      String value = node.text(key);
      if (value != null) {
        label.append(' ').append(key).append('=').append(value);
      }
    }
    String from = node.text("effective_from");
    return from == null ? label.toString() : label + " from=" + from.toLowerCase(Locale.ROOT);
  }
}

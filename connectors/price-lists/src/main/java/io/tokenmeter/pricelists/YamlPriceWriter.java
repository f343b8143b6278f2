package io.tokenmeter.pricelists;

import io.tokenmeter.domain.price.ContextTier;
import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.Unit;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rows in the project's own format, so that reading them back gives the same rows. */
public final class YamlPriceWriter {
  /** Text that YAML reads as itself without quotes. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9._/@+-]*(?::[A-Za-z0-9._/@+-]+)*");

  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");

  private final Appendable out;

  public YamlPriceWriter(Appendable out) {
    this.out = out;
  }

  /**
   * Writes a whole file.
   *
   * @param comments lines put before everything else
   */
  public void write(List<String> comments, Collection<PriceRow> rows) throws IOException {
    for (String comment : comments) {
      out.append("# ").append(comment).append('\n');
    }
    out.append("format: ").append(YamlPriceReader.FORMAT).append("\n\nprices:");
    out.append(rows.isEmpty() ? " []\n" : "\n");
    for (PriceRow row : rows) {
      write(row);
      out.append('\n');
    }
  }

  private void write(PriceRow row) throws IOException {
    out.append("  - provider: ").append(quoted(row.provider())).append('\n');
    list(4, "provider_aliases", row.providerAliases());
    text(4, "model", row.model());
    writeNames(row.patterns());
    text(4, "region", row.region());
    text(4, "project", row.project());
    text(4, "team", row.team());
    text(4, "effective_from", row.effectiveFrom() == null ? null : Dates.text(row.effectiveFrom()));
    text(4, "effective_to", row.effectiveTo() == null ? null : Dates.text(row.effectiveTo()));
    writePrices(4, row.prices());
    if (row.inclusiveThresholds()) {
      line(4, "context_tiers_inclusive: true");
    }
    if (row.marginalTiers()) {
      line(4, "context_tiers_marginal: true");
    }
    writeWindows(row.windows());
    writeMultipliers(row);
    text(4, "source", Sources.text(row.source()));
    text(4, "source_date", Sources.date(row.source()));
  }

  private void writeNames(List<ModelPattern> patterns) throws IOException {
    list(
        4,
        "aliases",
        patterns.stream()
            .filter(pattern -> pattern.kind() == ModelPattern.Kind.EQUALS)
            .map(ModelPattern::text)
            .toList());
    List<ModelPattern> others =
        patterns.stream().filter(pattern -> pattern.kind() != ModelPattern.Kind.EQUALS).toList();
    if (!others.isEmpty()) {
      line(4, "patterns:");
    }
    for (ModelPattern pattern : others) {
      String kind = pattern.kind().name().toLowerCase(Locale.ROOT);
      line(6, "- " + kind + ": " + quoted(pattern.text()));
    }
  }

  private void writeWindows(List<TimeWindow> windows) throws IOException {
    if (!windows.isEmpty()) {
      line(4, "windows:");
    }
    for (TimeWindow window : windows) {
      line(6, "- name: " + quoted(window.name()));
      line(8, "from: \"" + window.start() + "\"");
      line(8, "to: \"" + window.end() + "\"");
      text(8, "zone", window.zone());
      list(8, "weekdays", new TreeSet<>(window.weekdays()).stream().map(Weekdays::text).toList());
      writePrices(8, window.prices());
    }
  }

  private void writeMultipliers(PriceRow row) throws IOException {
    if (!row.regionMultipliers().isEmpty()) {
      line(4, "region_multipliers:");
      for (var entry : new TreeMap<>(row.regionMultipliers()).entrySet()) {
        line(6, quoted(entry.getKey()) + ": " + entry.getValue().toPlainString());
      }
    }
    if (!row.multipliersCoverCache()) {
      line(4, "multipliers_cover_cache: false");
    }
  }

  /** Base prices, then service tiers, then context tiers by threshold. */
  private void writePrices(int indent, List<UnitPrice> prices) throws IOException {
    writeTiers(indent, prices);
    Set<Long> thresholds = new TreeSet<>();
    prices.forEach(price -> price.contextTiers().forEach(tier -> thresholds.add(tier.threshold())));
    if (!thresholds.isEmpty()) {
      line(indent, "context_tiers:");
    }
    for (Long threshold : thresholds) {
      line(indent + 2, "- above_input_tokens: " + threshold);
      writeTiers(indent + 4, above(prices, threshold));
    }
  }

  private static List<UnitPrice> above(List<UnitPrice> prices, long threshold) {
    List<UnitPrice> above = new ArrayList<>();
    for (UnitPrice price : prices) {
      for (ContextTier tier : price.contextTiers()) {
        if (tier.threshold() == threshold) {
          above.add(
              new UnitPrice(price.serviceTier(), price.unit(), tier.picosPerUnit(), List.of()));
        }
      }
    }
    return above;
  }

  private void writeTiers(int indent, List<UnitPrice> prices) throws IOException {
    writeTier(indent, prices, UnitPrice.STANDARD);
    Set<String> tiers =
        prices.stream()
            .map(UnitPrice::serviceTier)
            .filter(tier -> !tier.equals(UnitPrice.STANDARD))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!tiers.isEmpty()) {
      line(indent, "service_tiers:");
    }
    for (String tier : tiers) {
      line(indent + 2, quoted(tier) + ":");
      writeTier(indent + 4, prices, tier);
    }
  }

  private void writeTier(int indent, List<UnitPrice> prices, String tier) throws IOException {
    List<UnitPrice> own =
        prices.stream().filter(price -> price.serviceTier().equals(tier)).toList();
    writeUnits(
        indent, "usd_per_million", own.stream().filter(YamlPriceWriter::isToken).toList(), 6);
    writeUnits(indent, "usd_per_unit", own.stream().filter(price -> !isToken(price)).toList(), 0);
  }

  private static boolean isToken(UnitPrice price) {
    return Unit.byName(price.unit()) != null;
  }

  private void writeUnits(int indent, String key, List<UnitPrice> prices, int shift)
      throws IOException {
    if (!prices.isEmpty()) {
      line(indent, key + ":");
    }
    for (UnitPrice price : prices) {
      String dollars = dollars(price.picosPerUnit(), shift);
      line(indent + 2, quoted(price.unit()) + ": " + dollars);
    }
  }

  /** At least two decimals, as prices are written, and no more than needed. */
  private static String dollars(long picos, int shift) {
    BigDecimal dollars = new BigDecimal(BigInteger.valueOf(picos), 12 - shift).stripTrailingZeros();
    return (dollars.scale() < 2 ? dollars.setScale(2) : dollars).toPlainString();
  }

  private void text(int indent, String key, @Nullable String value) throws IOException {
    if (value != null) {
      line(indent, key + ": " + quoted(value));
    }
  }

  private void list(int indent, String key, List<String> values) throws IOException {
    if (!values.isEmpty()) {
      String items = values.stream().map(YamlPriceWriter::quoted).collect(Collectors.joining(", "));
      line(indent, key + ": [" + items + "]");
    }
  }

  private void line(int indent, String text) throws IOException {
    out.append(" ".repeat(indent)).append(text).append('\n');
  }

  /** The text as YAML, quoted where it could be read as something else. */
  static String quoted(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' '
          || c == 0x7f
          || c == 0x85
          || c == 0xa0
          || c == 0xfeff
          || c == 0x2028
          || c == 0x2029) {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}

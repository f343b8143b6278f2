package io.tokenmeter.pricelists;

import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.PriceRowBuilder;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.pricelists.GenaiSchedule.Conditional;
import io.tokenmeter.pricelists.GenaiSchedule.Constraint;
import io.tokenmeter.pricelists.GenaiSchedule.Stretch;
import java.io.IOException;
import java.io.Reader;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code data.json} of pydantic/genai-prices: providers, their models with match logic, and
 * prices that depend on the date, the hour and the length of the input.
 */
final class GenaiPricesReader {
  private static final Comparator<ModelPattern> EXACT_FIRST =
      Comparator.comparing(pattern -> pattern.kind() != ModelPattern.Kind.EQUALS);

  private final Findings findings = new Findings();
  private final Dollars dollars = new Dollars(findings);
  private final Map<String, Provider> providers = new LinkedHashMap<>();

  /** A provider of the list with the models that could be read. */
  private record Provider(
      String id,
      List<String> aliases,
      @Nullable String source,
      Node.Mapping node,
      List<Model> models) {}

  /** A model: its names, and what it costs when. */
  private record Model(int line, String id, List<ModelPattern> patterns, List<Stretch> stretches) {}

  private GenaiPricesReader() {}

  static PriceList read(Reader text, ReadOptions options) throws IOException {
    return new GenaiPricesReader().list(DocumentReader.json(text), options);
  }

  private PriceList list(DocumentReader.Document document, ReadOptions options) throws IOException {
    findings.duplicates(document.duplicates());
    Node root = document.root();
    Node providerList = root instanceof Node.Mapping file ? file.get("providers") : root;
    if (!(providerList instanceof Node.Sequence list)) {
      throw new UnreadableListException(
          root.line(), "a list of providers expected, found " + root.kind());
    }
    for (Node node : list.items()) {
      readProvider(node);
    }
    List<ListedRow> rows = new ArrayList<>();
    for (Provider provider : providers.values()) {
      for (Model model : provider.models()) {
        addRows(rows, provider, model, provider.source());
      }
      addFallbacks(rows, provider, options);
    }
    return new PriceList(rows, findings.list());
  }

  private void readProvider(Node node) {
    if (!(node instanceof Node.Mapping mapping) || mapping.text("id") == null) {
      findings.error("malformed", node.line(), "", "a provider with an id expected");
      return;
    }
    String id = String.valueOf(mapping.text("id"));
    if (!(mapping.get("models") instanceof Node.Sequence models)) {
      findings.error("malformed", mapping.line(), id, "models: a list expected");
      return;
    }
    Provider provider =
        new Provider(id, aliases(id, mapping), firstUrl(mapping), mapping, new ArrayList<>());
    if (providers.putIfAbsent(id, provider) != null) {
      findings.error("duplicate-row", mapping.line(), id, "the provider stands twice in the list");
      return;
    }
    for (Node model : models.items()) {
      readModel(provider, model);
    }
    dropShadowed(provider);
  }

  /**
   * Other names of the provider, from its {@code provider_match}. A text that names must contain or
   * start with is taken as a name itself; nothing is matched more loosely, because {@code contains:
   * openai} would take Azure's names in.
   */
  private List<String> aliases(String id, Node.Mapping provider) {
    Node match = provider.get("provider_match");
    if (match == null) {
      return List.of();
    }
    Set<String> aliases = new LinkedHashSet<>();
    try {
      for (ModelPattern pattern : ModelMatch.patterns(match)) {
        if (pattern.kind() == ModelPattern.Kind.REGEX) {
          findings.info(
              "provider-match",
              match.line(),
              id,
              "provider_match combines several clauses: only the name '" + id + "' is matched");
        } else if (!pattern.text().equals(id)) {
          aliases.add(pattern.text());
        }
      }
    } catch (ModelMatch.NotUnderstood e) {
      findings.warning("match", e.line(), id, "provider_match: " + e.getMessage());
    }
    return List.copyOf(aliases);
  }

  private static @Nullable String firstUrl(Node.Mapping provider) {
    return provider.get("pricing_urls") instanceof Node.Sequence urls
            && !urls.items().isEmpty()
            && urls.items().get(0) instanceof Node.Scalar url
        ? url.text()
        : null;
  }

  private void readModel(Provider provider, Node node) {
    if (!(node instanceof Node.Mapping mapping) || mapping.text("id") == null) {
      findings.error("malformed", node.line(), provider.id(), "a model with an id expected");
      return;
    }
    String id = String.valueOf(mapping.text("id"));
    String row = provider.id() + " " + id;
    List<ModelPattern> patterns = new ArrayList<>();
    Node match = mapping.get("match");
    try {
      if (match != null) {
        patterns.addAll(ModelMatch.patterns(match));
      }
    } catch (ModelMatch.NotUnderstood e) {
      findings.warning(
          "match", e.line(), row, "match: " + e.getMessage() + "; only the id matches");
    }
    List<Conditional> prices = conditionalPrices(mapping, row);
    if (!prices.isEmpty()) {
      List<Stretch> stretches = GenaiSchedule.stretches(prices);
      provider.models().add(new Model(mapping.line(), id, patterns, stretches));
    }
  }

  private List<Conditional> conditionalPrices(Node.Mapping model, String row) {
    List<Conditional> entries = new ArrayList<>();
    Node prices = model.get("prices");
    if (prices instanceof Node.Mapping always) {
      entries.add(new Conditional(Constraint.NONE, prices(always, row)));
    } else if (prices instanceof Node.Sequence list) {
      for (Node entry : list.items()) {
        readConditional(entry, row, entries);
      }
    } else {
      findings.error("malformed", model.line(), row, "prices: a mapping or a list expected");
    }
    return entries;
  }

  private void readConditional(Node entry, String row, List<Conditional> entries) {
    if (!(entry instanceof Node.Mapping mapping)
        || !(mapping.get("prices") instanceof Node.Mapping prices)) {
      findings.error("malformed", entry.line(), row, "prices: an entry without prices");
      return;
    }
    try {
      Constraint constraint = GenaiSchedule.constraint(mapping.get("constraint"));
      entries.add(new Conditional(constraint, prices(prices, row)));
    } catch (DateTimeException | IllegalArgumentException e) {
      findings.error(
          "constraint", entry.line(), row, "constraint not understood: " + e.getMessage());
    }
  }

  private List<UnitPrice> prices(Node.Mapping prices, String row) {
    Rates rates = new Rates();
    for (Node.Entry entry : prices.entries()) {
      GenaiUnits.Priced priced = GenaiUnits.of(entry.key());
      if (priced == null) {
        findings.warning(
            "unknown-unit", entry.line(), row, "unknown price key '" + entry.key() + "', left out");
      } else if (entry.value() instanceof Node.Mapping tiered) {
        readTiers(rates, priced, tiered, row, entry.key());
      } else {
        add(rates, priced, 0, entry.value(), row, entry.key());
      }
    }
    return rates.toUnitPrices();
  }

  private void readTiers(
      Rates rates, GenaiUnits.Priced priced, Node.Mapping tiered, String row, String key) {
    Node base = tiered.get("base");
    if (base == null || !(tiered.get("tiers") instanceof Node.Sequence tiers)) {
      findings.error("malformed", tiered.line(), row, key + ": {base, tiers} expected");
      return;
    }
    add(rates, priced, 0, base, row, key);
    for (Node tier : tiers.items()) {
      Node price = tier instanceof Node.Mapping mapping ? mapping.get("price") : null;
      OptionalLong start =
          tier instanceof Node.Mapping mapping
              ? threshold(mapping.text("start"))
              : OptionalLong.empty();
      if (price == null || start.isEmpty()) {
        findings.error("malformed", tier.line(), row, key + ": a tier needs start and price");
      } else {
        add(rates, priced, start.getAsLong(), price, row, key + " above " + start.getAsLong());
      }
    }
  }

  private static OptionalLong threshold(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,15}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private void add(
      Rates rates, GenaiUnits.Priced priced, long threshold, Node value, String row, String field) {
    dollars
        .picos(value, priced.per(), row, field)
        .ifPresent(picos -> rates.add(UnitPrice.STANDARD, priced.unit(), threshold, picos));
  }

  /**
   * There the first model of the list that matches wins; a later name it covers is never reached.
   */
  private void dropShadowed(Provider provider) {
    List<ModelPattern> before = new ArrayList<>();
    for (Model model : provider.models()) {
      List<ModelPattern> own = List.copyOf(model.patterns());
      for (ModelPattern pattern : own) {
        if (before.stream().anyMatch(earlier -> ModelMatch.covers(earlier, pattern))) {
          model.patterns().remove(pattern);
          findings.info(
              "shadowed",
              model.line(),
              provider.id() + " " + model.id(),
              "'" + pattern.text() + "' is matched by a model that stands before it in the list");
        }
      }
      before.addAll(own);
    }
    for (Model model : provider.models()) {
      model.patterns().remove(ModelPattern.equalTo(model.id()));
      model.patterns().sort(EXACT_FIRST);
    }
  }

  private void addRows(
      List<ListedRow> rows, Provider provider, Model model, @Nullable String source) {
    boolean never = model.stretches().stream().allMatch(GenaiPricesReader::withoutPrice);
    if (never) {
      findings.warning(
          "no-price",
          model.line(),
          provider.id() + " " + model.id(),
          "the list names no price; events stay unpriced, which is not the same as free");
      return;
    }
    for (int i = 0; i < model.stretches().size(); i++) {
      Stretch stretch = model.stretches().get(i);
      if (!withoutPrice(stretch)) {
        boolean ends =
            i + 1 < model.stretches().size() && withoutPrice(model.stretches().get(i + 1));
        rows.add(new ListedRow(model.line(), row(provider, model, stretch, ends, source)));
      }
    }
  }

  private static boolean withoutPrice(Stretch stretch) {
    return stretch.prices().isEmpty() && stretch.windows().isEmpty();
  }

  private static PriceRow row(
      Provider provider, Model model, Stretch stretch, boolean ends, @Nullable String source) {
    PriceRowBuilder row =
        PriceRow.of(provider.id(), model.id())
            .patterns(model.patterns())
            .effectiveFrom(stretch.from())
            .effectiveTo(ends ? stretch.to() : null)
            .prices(stretch.prices())
            .source(source);
    provider.aliases().forEach(row::providerAlias);
    stretch.windows().forEach(row::window);
    return row.build();
  }

  /**
   * {@code fallback_model_providers}: models that this provider serves at another's prices. Whether
   * that is true is the reader's decision, so it happens only on request, and only for names that
   * the provider does not price itself.
   */
  private void addFallbacks(List<ListedRow> rows, Provider provider, ReadOptions options) {
    if (!(provider.node().get("fallback_model_providers") instanceof Node.Sequence others)) {
      return;
    }
    for (Node node : others.items()) {
      Provider other = node instanceof Node.Scalar id ? providers.get(id.text()) : null;
      if (other == null) {
        continue;
      }
      if (options.providerFallbacks()) {
        for (Model model : other.models()) {
          borrow(rows, provider, other, model);
        }
      } else {
        findings.info(
            "provider-fallback",
            node.line(),
            provider.id(),
            "the list would price models that '"
                + provider.id()
                + "' does not list as '"
                + other.id()
                + "' does; not taken over, because the provider is not the vendor"
                + " (--provider-fallbacks takes it over)");
      }
    }
  }

  private void borrow(List<ListedRow> rows, Provider provider, Provider other, Model model) {
    ModelPattern name = ModelPattern.equalTo(model.id());
    if (isListed(provider, name)) {
      return;
    }
    List<ModelPattern> patterns =
        model.patterns().stream().filter(pattern -> !isListed(provider, pattern)).toList();
    Model borrowed =
        new Model(model.line(), model.id(), new ArrayList<>(patterns), model.stretches());
    if (!borrowed.stretches().stream().allMatch(GenaiPricesReader::withoutPrice)) {
      addRows(rows, provider, borrowed, other.source() + " (prices of " + other.id() + ")");
    }
  }

  private static boolean isListed(Provider provider, ModelPattern name) {
    return provider.models().stream()
        .anyMatch(
            model ->
                ModelMatch.covers(ModelPattern.equalTo(model.id()), name)
                    || model.patterns().stream().anyMatch(own -> ModelMatch.covers(own, name)));
  }
}

package io.tokenmeter.pricelists;

import io.tokenmeter.documents.DocumentReader;
import io.tokenmeter.documents.Node;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.PriceRowBuilder;
import io.tokenmeter.pricelists.GenaiSchedule.Conditional;
import io.tokenmeter.pricelists.GenaiSchedule.Stretch;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
      throw new UnreadableDocumentException(
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
    Set<String> aliases = new LinkedHashSet<>(ProviderNames.aliases(id));
    Node match = provider.get("provider_match");
    if (match == null) {
      return List.copyOf(aliases);
    }
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
    List<Conditional> prices = new GenaiPrices(findings, row).read(mapping);
    if (!prices.isEmpty()) {
      List<Stretch> stretches = GenaiSchedule.stretches(prices);
      provider.models().add(new Model(mapping.line(), id, patterns, stretches));
    }
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

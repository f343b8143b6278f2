package io.tokenmeter.pricelists;

import io.tokenmeter.documents.DocumentReader;
import io.tokenmeter.documents.Node;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.PriceRowBuilder;
import io.tokenmeter.domain.price.UnitPrice;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code model_prices_and_context_window.json} of LiteLLM: one object by model key, whose
 * fields are prices in dollars a unit. Which fields mean what is in {@link LiteLlmField} and {@link
 * LiteLlmPrices}; which keys mean what, in {@link LiteLlmNames}.
 */
final class LiteLlmReader {
  private static final String DOCUMENTATION_KEY = "sample_spec";

  private final Findings findings = new Findings();
  private final Map<Identity, Candidate> rows = new LinkedHashMap<>();

  /** What must be unique among the rows. */
  private record Identity(String provider, String region, String model) {}

  /** A row and how directly its key names it. */
  private record Candidate(int line, String key, int directness, PriceRow row) {

    Candidate alsoKnownAs(String name) {
      ModelPattern alias = ModelPattern.equalTo(name);
      return row.region() != null || name.equals(row.model()) || row.patterns().contains(alias)
          ? this
          : new Candidate(line, key, directness, row.toBuilder().pattern(alias).build());
    }
  }

  private LiteLlmReader() {}

  static PriceList read(Reader text) throws IOException {
    return new LiteLlmReader().list(DocumentReader.json(text));
  }

  private PriceList list(DocumentReader.Document document) throws IOException {
    findings.duplicates(document.duplicates());
    if (!(document.root() instanceof Node.Mapping models)) {
      throw new UnreadableDocumentException(
          document.root().line(),
          "an object of models by name expected, found " + document.root().kind());
    }
    for (Node.Entry entry : models.entries()) {
      if (!entry.key().equals(DOCUMENTATION_KEY)) {
        readModel(entry);
      }
    }
    List<ListedRow> listed = new ArrayList<>();
    rows.values().forEach(row -> listed.add(new ListedRow(row.line(), row.row())));
    return new PriceList(listed, findings.list());
  }

  private void readModel(Node.Entry entry) {
    String key = entry.key();
    if (!(entry.value() instanceof Node.Mapping model)) {
      findings.error("malformed", entry.line(), key, "an object expected");
      return;
    }
    String listedProvider = model.text("litellm_provider");
    if (listedProvider == null || listedProvider.isBlank()) {
      findings.error("malformed", entry.line(), key, "no litellm_provider");
      return;
    }
    LiteLlmPrices prices = new LiteLlmPrices(findings, key, model);
    Rates rates = prices.read();
    if (rates.isEmpty()) {
      findings.warning(
          "no-price",
          entry.line(),
          key,
          "no price that could be taken over; events stay unpriced, which is not the same as free");
      return;
    }
    LiteLlmNames names = LiteLlmNames.of(key, listedProvider);
    for (LiteLlmNames.Place place : names.places()) {
      PriceRowBuilder row =
          PriceRow.of(names.provider(), place.model())
              .region(place.region())
              .prices(rates.toUnitPrices())
              .source(model.text("source"));
      names.aliases().forEach(row::providerAlias);
      prices.regionMultipliers().forEach(row::regionMultiplier);
      prices.windows().forEach(row::window);
      if (place.region() == null && !place.model().equals(key)) {
        row.pattern(ModelPattern.equalTo(key));
      }
      int directness = (names.prefixed() ? 1 : 0) + (place.region() == null ? 0 : -2);
      add(new Candidate(entry.line(), key, directness, row.build()));
    }
  }

  /**
   * Of two keys that mean the same, the one that names its provider wins, as LiteLLM looks it up
   * first.
   */
  private void add(Candidate candidate) {
    PriceRow row = candidate.row();
    Identity identity =
        new Identity(row.provider(), row.region() == null ? "" : row.region(), row.model());
    Candidate known = rows.putIfAbsent(identity, candidate);
    if (known == null) {
      return;
    }
    boolean better = candidate.directness() > known.directness();
    Candidate winner = better ? candidate : known;
    Candidate loser = better ? known : candidate;
    rows.put(identity, winner);
    String message =
        "means the same as '" + winner.key() + "' (line " + winner.line() + "), which is taken";
    if (samePrices(winner.row(), loser.row())) {
      findings.info("same-model", loser.line(), loser.key(), message);
      rows.put(identity, winner.alsoKnownAs(loser.key()));
    } else {
      findings.warning(
          "same-model", loser.line(), loser.key(), message + "; the two have different prices");
    }
  }

  private static boolean samePrices(PriceRow one, PriceRow other) {
    return List.<UnitPrice>copyOf(one.prices()).equals(other.prices())
        && one.windows().equals(other.windows())
        && one.regionMultipliers().equals(other.regionMultipliers());
  }
}

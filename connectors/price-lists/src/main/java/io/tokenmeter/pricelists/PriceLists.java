package io.tokenmeter.pricelists;

import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.price.Finding;
import io.tokenmeter.domain.price.PriceListCheck;
import io.tokenmeter.domain.price.PricedBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Reads price lists of any format, and checks them. */
public final class PriceLists {
  /** Resource of the bundled list of common models' list prices, in the project's own format. */
  public static final String BUNDLED = "/io/tokenmeter/pricelists/list-prices-2026.yaml";

  private PriceLists() {}

  /**
   * Reads a file.
   *
   * @throws UnreadableDocumentException if it is no list of that format at all
   */
  public static PriceList read(Path file, PriceListFormat format, ReadOptions options)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, format, options);
    }
  }

  /**
   * Reads UTF-8 text. Rows that the price book could not use are findings, not rows.
   *
   * @throws UnreadableDocumentException if it is no list of that format at all
   */
  public static PriceList read(InputStream in, PriceListFormat format, ReadOptions options)
      throws IOException {
    Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
    return onlyUsable(
        switch (format) {
          case TOKENMETER -> YamlPriceReader.read(text);
          case GENAI_PRICES -> GenaiPricesReader.read(text, options);
          case LITELLM -> LiteLlmReader.read(text);
        });
  }

  /** The list prices that come with Tokenmeter. */
  public static PriceList bundled() throws IOException {
    try (InputStream in = Objects.requireNonNull(PriceLists.class.getResourceAsStream(BUNDLED))) {
      return read(in, PriceListFormat.TOKENMETER, ReadOptions.DEFAULT);
    }
  }

  /**
   * What reading the list found, and what the checks of its rows find, in the order of the file.
   */
  public static List<ListFinding> check(PriceList list) {
    Map<String, ListedRow> byKey = new HashMap<>();
    list.rows().forEach(row -> byKey.putIfAbsent(row.row().key(), row));
    List<ListFinding> findings = new ArrayList<>(list.findings());
    for (Finding finding : PriceListCheck.check(list.priceRows())) {
      ListedRow row = byKey.get(finding.row());
      findings.add(
          new ListFinding(
              finding.severity() == Finding.Severity.ERROR ? Severity.ERROR : Severity.WARNING,
              finding.code().toLowerCase(Locale.ROOT).replace('_', '-'),
              row == null ? 0 : row.line(),
              row == null ? finding.row() : row.label(),
              finding.message()));
    }
    return findings;
  }

  private static PriceList onlyUsable(PriceList list) {
    List<ListedRow> usable = new ArrayList<>();
    List<ListFinding> findings = new ArrayList<>(list.findings());
    for (ListedRow row : list.rows()) {
      try {
        new PricedBy(row.row());
        usable.add(row);
      } catch (IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        findings.add(ListFinding.error("unusable-row", row.line(), row.label(), message));
      }
    }
    return new PriceList(usable, findings);
  }
}

package io.tokenmeter.pricelists;

import io.tokenmeter.documents.DocumentReader;
import io.tokenmeter.documents.Node;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.price.PriceRow;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the project's own format: YAML for people, described in the README of this module. */
final class YamlPriceReader {
  /** What {@code format} may say. */
  static final String FORMAT = "tokenmeter/1";

  private static final Set<String> KEYS = Set.of("format", "source", "source_date", "prices");

  private final Findings findings = new Findings();

  private YamlPriceReader() {}

  static PriceList read(Reader text) throws IOException {
    return new YamlPriceReader().list(DocumentReader.yaml(text));
  }

  private PriceList list(DocumentReader.Document document) throws IOException {
    findings.duplicates(document.duplicates());
    if (!(document.root() instanceof Node.Mapping file)
        || !(file.get("prices") instanceof Node.Sequence prices)) {
      throw new UnreadableDocumentException(
          document.root().line(),
          "no list of prices: the file must be a mapping with the key 'prices'"
              + " (is this a genai-prices or LiteLLM list? then name its format)");
    }
    new RowErrors(findings, "").unknownKeys(file, KEYS, Set.of());
    String format = file.text("format");
    if (format != null && !format.equals(FORMAT)) {
      throw new UnreadableDocumentException(
          file.line(), "format: '" + format + "' is not known, only '" + FORMAT + "' is");
    }
    String source = Sources.join(file.text("source"), file.text("source_date"));
    List<ListedRow> rows = new ArrayList<>();
    for (Node item : prices.items()) {
      if (item instanceof Node.Mapping row) {
        PriceRow read = read(row, source);
        if (read != null) {
          rows.add(new ListedRow(row.line(), read));
        }
      } else {
        findings.error(
            "malformed", item.line(), "", "prices: a row expected, found " + item.kind());
      }
    }
    return new PriceList(rows, findings.list());
  }

  private @Nullable PriceRow read(Node.Mapping row, @Nullable String source) {
    return new RowReader(row, new RowErrors(findings, RowReader.label(row))).read(source);
  }
}

package io.tokenmeter.invoices;

import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.reconcile.BilledLine;
import io.tokenmeter.domain.reconcile.TokenKind;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table that anybody can make: {@code date, model}, and of {@code input_tokens,
 * cache_read_tokens, cache_write_tokens, output_tokens, requests, cost_usd, service_tier} what is
 * known. The input includes what is cached, as in a usage event.
 */
final class GenericCsv {
  static final String DATE = "date";
  private static final Set<String> COLUMNS =
      Set.of(
          DATE,
          "model",
          "input_tokens",
          "cache_read_tokens",
          "cache_write_tokens",
          "output_tokens",
          "requests",
          "cost_usd",
          "service_tier");

  private GenericCsv() {}

  static boolean matches(CsvTable table) {
    return table.has(DATE)
        && (table.has("input_tokens") || table.has("output_tokens") || table.has("cost_usd"));
  }

  static BilledLine line(LocalDate day, CsvTable.Row row) throws UnreadableDocumentException {
    @Nullable String tier = row.get("service_tier");
    return new LineBuilder(day)
        .model(row.get("model"))
        .tokens(TokenKind.INPUT, row.count("input_tokens"))
        .tokens(TokenKind.CACHE_READ, row.count("cache_read_tokens"))
        .tokens(TokenKind.CACHE_WRITE, row.count("cache_write_tokens"))
        .tokens(TokenKind.OUTPUT, row.count("output_tokens"))
        .requests(row.count("requests"))
        .cost(Values.dollars(row.get("cost_usd"), "cost_usd", row.line()), null)
        .batch(tier == null ? null : tier.equals("batch"))
        .build();
  }

  /** A misspelt column would be figures lost in silence. */
  static List<String> unreadColumns(CsvTable table) {
    return table.columns().stream().filter(column -> !COLUMNS.contains(column)).toList();
  }
}

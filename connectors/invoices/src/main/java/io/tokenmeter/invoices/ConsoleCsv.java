package io.tokenmeter.invoices;

import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.reconcile.BilledLine;
import io.tokenmeter.domain.reconcile.TokenKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the CSV files that the providers' consoles export; the columns are those of files seen in
 * public, since neither provider documents them.
 *
 * <p>OpenAI: {@code start_time, ..., amount_value, amount_currency, quantity, quantity_unit,
 * line_item, ...} and {@code start_time, ..., num_model_requests, model, batch, input_tokens,
 * output_tokens, input_cached_tokens, ...}. Anthropic: {@code usage_date_utc, model, ...,
 * token_type, cost_usd, ..., cost_type, ...} and {@code usage_date_utc, model_version, ...,
 * usage_input_tokens_no_cache, usage_input_tokens_cache_write_5m, ..., usage_output_tokens, ...}.
 */
final class ConsoleCsv {
  private ConsoleCsv() {}

  /** A line, or null for a day without any. */
  static @Nullable BilledLine openAiCost(LocalDate day, CsvTable.Row row)
      throws UnreadableDocumentException {
    BigDecimal usd = Values.dollars(row.get("amount_value"), "amount_value", row.line());
    if (usd == null) {
      return null;
    }
    Values.requireDollars(row.get("amount_currency"), row.line());
    String item = row.get("line_item");
    if (item == null) {
      return new LineBuilder(day).cost(usd, null).build();
    }
    String unit = row.get("quantity_unit");
    OpenAiItem parsed = OpenAiItem.parse(item);
    boolean tokens =
        !parsed.model().equals(Invoice.FEES) && (unit == null || unit.startsWith("token"));
    return parsed.line(day, usd, tokens ? row.count("quantity") : null);
  }

  /** A line, or null for a day without any. */
  static @Nullable BilledLine openAiUsage(LocalDate day, CsvTable.Row row)
      throws UnreadableDocumentException {
    if (row.get("input_tokens") == null && row.get("output_tokens") == null) {
      return null;
    }
    String batch = row.get("batch");
    return new LineBuilder(day)
        .model(row.get("model"))
        .tokens(TokenKind.INPUT, row.count("input_tokens"))
        .tokens(TokenKind.CACHE_READ, row.count("input_cached_tokens"))
        .tokens(TokenKind.OUTPUT, row.count("output_tokens"))
        .requests(row.count("num_model_requests"))
        .batch(batch == null ? null : Boolean.valueOf(batch))
        .build();
  }

  static BilledLine anthropicCost(LocalDate day, CsvTable.Row row)
      throws UnreadableDocumentException {
    BigDecimal usd = Values.dollars(row.get("cost_usd"), "cost_usd", row.line());
    CostKind kind = AnthropicJson.kind(row.get("token_type"));
    return new LineBuilder(day)
        .model(kind == null ? Invoice.FEES : row.get("model"))
        .cost(usd, kind == null ? CostKind.FEE : kind)
        .batch(batch(row))
        .build();
  }

  static BilledLine anthropicUsage(LocalDate day, CsvTable.Row row)
      throws UnreadableDocumentException {
    LineBuilder line =
        new LineBuilder(day)
            .model(row.get("model_version"))
            .tokens(TokenKind.INPUT, row.count("usage_input_tokens_no_cache"))
            .tokens(TokenKind.OUTPUT, row.count("usage_output_tokens"))
            .batch(batch(row));
    Long read = row.count("usage_input_tokens_cache_read");
    line.tokens(TokenKind.INPUT, read).tokens(TokenKind.CACHE_READ, read);
    for (String lifetime : new String[] {"5m", "1h"}) {
      Long written = row.count("usage_input_tokens_cache_write_" + lifetime);
      line.tokens(TokenKind.INPUT, written).tokens(TokenKind.CACHE_WRITE, written);
    }
    return line.build();
  }

  /** The console says {@code message} or {@code standard} for what is not batch. */
  private static @Nullable Boolean batch(CsvTable.Row row) {
    String type = row.get("usage_type");
    return type == null ? null : type.contains("batch");
  }
}

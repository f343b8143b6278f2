package io.tokenmeter.invoices;

import io.tokenmeter.documents.Node;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.reconcile.BilledLine;
import io.tokenmeter.domain.reconcile.TokenKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Answers of Anthropic's Usage and Cost API.
 *
 * <p>Costs (https://platform.claude.com/docs/en/api/admin/cost_report/retrieve): {@code amount} in
 * cents as a decimal text; {@code model} and {@code token_type} only if grouped by description.
 * Usage (https://platform.claude.com/docs/en/api/admin/usage_report/retrieve_messages): input
 * counts exclude one another; {@code model} and {@code service_tier} only if grouped by them. Days
 * are of UTC.
 */
final class AnthropicJson {
  static final String START = "starting_at";
  private static final int CENTS = 2;

  private AnthropicJson() {}

  static BilledLine cost(LocalDate day, Node.Mapping result) throws UnreadableDocumentException {
    Values.requireDollars(result.text("currency"), result.line());
    BigDecimal cents = Values.dollars(result.text("amount"), "amount", result.line());
    BigDecimal usd = cents == null ? null : cents.movePointLeft(CENTS);
    String type = result.text("cost_type");
    String tier = result.text("service_tier");
    LineBuilder line = new LineBuilder(day).batch(tier == null ? null : tier.equals("batch"));
    if (type != null && !type.equals("tokens")) {
      return line.model(Invoice.FEES).cost(usd, CostKind.FEE).build();
    }
    return line.model(result.text("model")).cost(usd, kind(result.text("token_type"))).build();
  }

  static BilledLine usage(LocalDate day, Node.Mapping result) throws UnreadableDocumentException {
    if (result.get("uncached_input_tokens") == null) {
      throw new UnreadableDocumentException(
          result.line(), "no result of messages' usage: there are no uncached_input_tokens");
    }
    String tier = result.text("service_tier");
    Long read = count(result, "cache_read_input_tokens");
    LineBuilder line =
        new LineBuilder(day)
            .model(result.text("model"))
            .tokens(TokenKind.INPUT, count(result, "uncached_input_tokens"))
            .tokens(TokenKind.INPUT, read)
            .tokens(TokenKind.CACHE_READ, read)
            .tokens(TokenKind.OUTPUT, count(result, "output_tokens"))
            .batch(tier == null ? null : tier.equals("batch"));
    if (result.get("cache_creation") instanceof Node.Mapping written) {
      for (Node.Entry lifetime : written.entries()) {
        Long count = count(written, lifetime.key());
        line.tokens(TokenKind.INPUT, count).tokens(TokenKind.CACHE_WRITE, count);
      }
    }
    return line.build();
  }

  /** The API's names, and those of the console's export. */
  static @Nullable CostKind kind(@Nullable String tokenType) {
    if (tokenType == null) {
      return null;
    }
    return switch (tokenType) {
      case "uncached_input_tokens", "input_no_cache" -> CostKind.INPUT;
      case "cache_read_input_tokens", "input_cache_read" -> CostKind.CACHE_READ;
      case "output_tokens", "output" -> CostKind.OUTPUT;
      default ->
          tokenType.startsWith("cache_creation") || tokenType.startsWith("input_cache_write")
              ? CostKind.CACHE_WRITE
              : null;
    };
  }

  private static @Nullable Long count(Node.Mapping result, String field)
      throws UnreadableDocumentException {
    return Values.count(result.text(field), field, result.line());
  }
}

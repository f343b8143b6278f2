package io.tokenmeter.invoices;

import io.tokenmeter.documents.Node;
import io.tokenmeter.documents.UnreadableDocumentException;
import io.tokenmeter.domain.reconcile.BilledLine;
import io.tokenmeter.domain.reconcile.TokenKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Answers of OpenAI's Usage and Costs API.
 *
 * <p>Costs (https://platform.openai.com/docs/api-reference/usage/costs): {@code amount.value} in
 * dollars, a number or a text with many decimals; {@code line_item} and {@code quantity} only if
 * grouped by line item. Usage (https://platform.openai.com/docs/api-reference/usage/completions):
 * {@code input_tokens} include {@code input_cached_tokens}; {@code model} and {@code batch} only if
 * grouped by them. Days are of UTC.
 */
final class OpenAiJson {
  static final String START = "start_time";

  private OpenAiJson() {}

  static BilledLine cost(LocalDate day, Node.Mapping result) throws UnreadableDocumentException {
    if (!(result.get("amount") instanceof Node.Mapping amount)) {
      throw new UnreadableDocumentException(
          result.line(), "no result of costs: there is no amount with value and currency");
    }
    Values.requireDollars(amount.text("currency"), amount.line());
    BigDecimal usd = Values.dollars(amount.text("value"), "amount.value", amount.line());
    String item = result.text("line_item");
    if (item == null) {
      return new LineBuilder(day).cost(usd, null).build();
    }
    // Counts of what is not tokens may be fractions, such as gigabyte-days.
    OpenAiItem parsed = OpenAiItem.parse(item);
    boolean tokens = !parsed.model().equals(Invoice.FEES);
    return parsed.line(day, usd, tokens ? count(result, "quantity") : null);
  }

  static BilledLine usage(LocalDate day, Node.Mapping result) throws UnreadableDocumentException {
    if (result.get("input_tokens") == null) {
      throw new UnreadableDocumentException(
          result.line(), "no result of completions' usage: there are no input_tokens");
    }
    String batch = result.text("batch");
    return new LineBuilder(day)
        .model(result.text("model"))
        .tokens(TokenKind.INPUT, count(result, "input_tokens"))
        .tokens(TokenKind.CACHE_READ, count(result, "input_cached_tokens"))
        .tokens(TokenKind.OUTPUT, count(result, "output_tokens"))
        .requests(count(result, "num_model_requests"))
        .batch(batch == null ? null : Boolean.valueOf(batch))
        .build();
  }

  private static @Nullable Long count(Node.Mapping result, String field)
      throws UnreadableDocumentException {
    return Values.count(result.text(field), field, result.line());
  }
}

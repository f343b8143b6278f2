package io.tokenmeter.invoices;

import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.reconcile.BilledLine;
import io.tokenmeter.domain.reconcile.TokenKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line item of OpenAI's costs: {@code gpt-4o-2024-08-06, input}, {@code ..., cached input} or
 * {@code ..., output}, and other names for what is not tokens.
 *
 * <p>The quantity of "input" is that of uncached input, as its unit price shows.
 *
 * @param model the model, or {@link Invoice#FEES}
 * @param kind what is billed
 * @param batch whether the item is named as one of the batch tier
 */
record OpenAiItem(String model, CostKind kind, boolean batch) {
  private static final Pattern TOKENS =
      Pattern.compile(
          "(?<model>\\S+)(?: (?:audio|text|image))?, (?<what>.*?)(?<side>input|output)(?:[ _]tokens)?",
          Pattern.CASE_INSENSITIVE);

  /** Reads a line item's name. */
  static OpenAiItem parse(String name) {
    Matcher tokens = TOKENS.matcher(name.strip());
    if (!tokens.matches()) {
      return new OpenAiItem(Invoice.FEES, CostKind.FEE, false);
    }
    String what = tokens.group("what").toLowerCase(Locale.ROOT);
    CostKind kind =
        tokens.group("side").equalsIgnoreCase("output")
            ? CostKind.OUTPUT
            : what.contains("cache write")
                ? CostKind.CACHE_WRITE
                : what.contains("cache") ? CostKind.CACHE_READ : CostKind.INPUT;
    return new OpenAiItem(tokens.group("model"), kind, what.contains("batch"));
  }

  /** The line of a bill. */
  BilledLine line(LocalDate day, @Nullable BigDecimal usd, @Nullable Long quantity) {
    LineBuilder line = new LineBuilder(day).model(model).cost(usd, kind);
    if (batch) {
      line.batch(true);
    }
    switch (kind) {
      case OUTPUT -> line.tokens(TokenKind.OUTPUT, quantity);
      case CACHE_READ ->
          line.tokens(TokenKind.INPUT, quantity).tokens(TokenKind.CACHE_READ, quantity);
      case CACHE_WRITE ->
          line.tokens(TokenKind.INPUT, quantity).tokens(TokenKind.CACHE_WRITE, quantity);
      case INPUT -> line.tokens(TokenKind.INPUT, quantity);
      case FEE -> {}
    }
    return line.build();
  }
}

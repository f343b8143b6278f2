package io.tokenmeter.pricelists;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.UnitPrice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundledPricesTest {
  private static final PriceList LIST = bundled();

  @Test
  void list_isRightAndHoldsAboutFortyModelsWithSourceAndDate() {
    assertThat(PriceLists.check(LIST)).isEmpty();
    assertThat(LIST.priceRows().stream().map(PriceRow::model).distinct()).hasSizeBetween(38, 48);
    assertThat(LIST.priceRows())
        .allSatisfy(
            row -> assertThat(row.source()).matches("https://.+ \\(\\d{4}-\\d{2}-\\d{2}\\)"));
  }

  @ParameterizedTest
  @CsvSource({
    "openai,    gpt-4o,                2.50, 10.00",
    "openai,    gpt-4o-mini,           0.15, 0.60",
    "openai,    gpt-5.4,               2.50, 15.00",
    "openai,    gpt-5.4-mini,          0.75, 4.50",
    "openai,    gpt-5.4-nano,          0.20, 1.25",
    "anthropic, claude-3-5-sonnet,     3.00, 15.00",
    "anthropic, claude-haiku-4-5,      1.00, 5.00",
    "anthropic, claude-sonnet-4-6,     3.00, 15.00",
    "anthropic, claude-opus-4-6,       5.00, 25.00",
    "google,    gemini-2.5-pro,        1.25, 10.00",
    "google,    gemini-2.5-flash,      0.30, 2.50",
    "google,    gemini-2.5-flash-lite, 0.10, 0.40",
    "mistral,   mistral-large-3,       0.50, 1.50",
    "mistral,   mistral-small-3.2,     0.10, 0.30",
    "deepseek,  deepseek-v3.2,         0.27, 1.10"
  })
  void publishedPrices_ofAMillionTokens(
      String provider, String model, String input, String output) {
    assertThat(million(provider, model, "input_tokens", 100)).isEqualTo(plain(input));
    assertThat(million(provider, model, "output_tokens", 0)).isEqualTo(plain(output));
  }

  @Test
  void anthropicCache_isReadAtATenthAndWrittenAtAQuarterOrDoubleOnTop() {
    for (PriceRow row : LIST.priceRows()) {
      if (row.provider().equals("anthropic")) {
        long input = picos(row, "standard", "input_tokens");
        assertThat(picos(row, "standard", "cache_read_tokens") * 10).isEqualTo(input);
        assertThat(picos(row, "standard", "cache_write_tokens") * 4).isEqualTo(input * 5);
        assertThat(picos(row, "standard", "cache_write_1h_tokens")).isEqualTo(input * 2);
      }
    }
  }

  @Test
  void openAiCache_isReadAtATenthToAHalf() {
    for (PriceRow row : LIST.priceRows()) {
      if (row.provider().equals("openai") && has(row, "standard", "cache_read_tokens")) {
        assertThat(
                (double) picos(row, "standard", "cache_read_tokens")
                    / picos(row, "standard", "input_tokens"))
            .as(row.model())
            .isBetween(0.1, 0.5);
      }
    }
  }

  @Test
  void batch_isHalfPrice() {
    long rows = 0;
    for (PriceRow row : LIST.priceRows()) {
      if (has(row, "batch", "input_tokens")) {
        rows++;
        assertThat(picos(row, "batch", "input_tokens") * 2)
            .as(row.model())
            .isEqualTo(picos(row, "standard", "input_tokens"));
        assertThat(picos(row, "batch", "output_tokens") * 2)
            .as(row.model())
            .isEqualTo(picos(row, "standard", "output_tokens"));
      }
    }
    assertThat(rows).isGreaterThan(20);
  }

  @Test
  void datedNames_findTheirModel_andAzureIsNotOpenAi() {
    assertThat(million("anthropic", "claude-sonnet-4-5-20250929", "output_tokens", 0))
        .isEqualTo("15");
    assertThat(million("openai", "gpt-5-2025-08-07", "output_tokens", 0)).isEqualTo("10");
    assertThat(million("azure", "gpt-5", "output_tokens", 0)).isEqualTo("UNPRICED");
  }

  /** A million tokens bought in small requests, so that no context tier is crossed. */
  private static String million(String provider, String model, String unit, long parts) {
    if (parts == 0) {
      return Lists.cost(LIST, provider, model, Map.of(unit, 1_000_000L));
    }
    String part = Lists.cost(LIST, provider, model, Map.of(unit, 1_000_000L / parts));
    return plain(new BigDecimal(part).multiply(BigDecimal.valueOf(parts)).toPlainString());
  }

  private static String plain(String dollars) {
    return new BigDecimal(dollars).stripTrailingZeros().toPlainString();
  }

  private static boolean has(PriceRow row, String tier, String unit) {
    return row.prices().stream()
        .anyMatch(price -> price.serviceTier().equals(tier) && price.unit().equals(unit));
  }

  private static long picos(PriceRow row, String tier, String unit) {
    return row.prices().stream()
        .filter(price -> price.serviceTier().equals(tier) && price.unit().equals(unit))
        .mapToLong(UnitPrice::picosPerUnit)
        .findFirst()
        .orElseThrow();
  }

  private static PriceList bundled() {
    try {
      return PriceLists.bundled();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

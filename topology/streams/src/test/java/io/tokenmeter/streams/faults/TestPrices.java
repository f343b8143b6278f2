package io.tokenmeter.streams.faults;

import static io.tokenmeter.domain.price.UnitPrice.each;
import static io.tokenmeter.domain.price.UnitPrice.perMillion;

import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.PriceRowBuilder;
import java.time.Instant;
import java.util.List;

/** Price rows of every shape that the reference knows. */
final class TestPrices {
  /** When gpt-4o becomes cheaper, in the middle of the workload's main hour. */
  static final Instant CHEAPER = Instant.parse("2025-05-31T23:55:00Z");

  private TestPrices() {}

  /** The rows that are there from the beginning. */
  static List<PriceRow> initial() {
    return List.of(
        gpt4o("2.50", "1.25", "10.00").build(),
        gpt4o("2.40", "1.20", "9.60").effectiveFrom(CHEAPER).build(),
        gpt4o("2.10", "1.05", "8.40").project("research").build(),
        PriceRow.of("openai", "gpt-4o-mini")
            .price(perMillion("input_tokens", "0.15"))
            .price(perMillion("input_audio_tokens", "10.00"))
            .price(perMillion("cache_read_tokens", "0.075"))
            .price(perMillion("output_tokens", "0.60"))
            .build(),
        PriceRow.of("anthropic", "claude-sonnet-4-6")
            .price(perMillion("input_tokens", "3.00"))
            .price(perMillion("cache_read_tokens", "0.30"))
            .price(perMillion("cache_write_tokens", "3.75"))
            .price(perMillion("cache_write_1h_tokens", "6.00"))
            .price(perMillion("output_tokens", "15.00"))
            .price(each("web_searches", "0.01"))
            .build(),
        PriceRow.of("anthropic", "claude-haiku-4-5")
            .pattern(ModelPattern.startsWith("claude-haiku-4-5"))
            .price(perMillion("input_tokens", "1.00"))
            .price(perMillion("output_tokens", "5.00"))
            .build(),
        PriceRow.of("google", "gemini-2.5-pro")
            .price(perMillion("input_tokens", "1.25").above(200_000, "2.50"))
            .price(perMillion("cache_read_tokens", "0.125").above(200_000, "0.25"))
            .price(perMillion("output_tokens", "10.00").above(200_000, "15.00"))
            .price(perMillion("output_reasoning_tokens", "10.50").above(200_000, "15.50"))
            .build(),
        PriceRow.of("tiny", "embed-1")
            .price(each("input_tokens", "0.00000000013"))
            .price(each("output_tokens", "0"))
            .price(each("requests", "0.000123456789"))
            .price(each("audio_seconds", "0.000006123457"))
            .build());
  }

  private static PriceRowBuilder gpt4o(String input, String cacheRead, String output) {
    return PriceRow.of("openai", "gpt-4o")
        .price(perMillion("input_tokens", input))
        .price(perMillion("cache_read_tokens", cacheRead))
        .price(perMillion("output_tokens", output))
        .price(perMillion("input_tokens", "1.25").at("batch"))
        .price(perMillion("cache_read_tokens", "0.625").at("batch"))
        .price(perMillion("output_tokens", "5.00").at("batch"));
  }

  /** A price for a model that none of the initial rows names. */
  static PriceRow late(String model) {
    return PriceRow.of("lab", model)
        .price(perMillion("input_tokens", "0.77"))
        .price(perMillion("output_tokens", "3.33"))
        .build();
  }
}

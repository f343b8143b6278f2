package io.tokenmeter.benchmarks.workload;

import java.time.Instant;
import java.util.List;

/** The ten models of the workload. The first two take half of the traffic. */
public final class PriceSheet {

  /** From when every price applies. */
  public static final Instant EFFECTIVE_FROM = Instant.parse("2025-01-01T00:00:00Z");

  /** Models by the number that generated events carry; prices in USD a million tokens times 1e6. */
  public static final List<ModelPrice> MODELS =
      List.of(
          priced("openai", "gpt-4o-mini", 30, 150_000, 75_000, -1, 600_000, false),
          priced(
              "anthropic",
              "claude-sonnet-4-6",
              20,
              3_000_000,
              300_000,
              3_750_000,
              15_000_000,
              false),
          priced("openai", "gpt-5.4-mini", 12, 750_000, 75_000, -1, 4_500_000, true),
          priced("google", "gemini-2.5-flash", 9, 300_000, 75_000, -1, 2_500_000, false),
          priced("openai", "gpt-5.4", 8, 2_500_000, 250_000, -1, 15_000_000, true),
          priced(
              "anthropic", "claude-haiku-4-5", 6, 1_000_000, 100_000, 1_250_000, 5_000_000, false),
          priced("google", "gemini-2.5-pro", 5, 1_250_000, 310_000, -1, 10_000_000, true),
          priced("openai", "gpt-4o", 4, 2_500_000, 1_250_000, -1, 10_000_000, false),
          priced(
              "anthropic", "claude-opus-4-6", 3, 5_000_000, 500_000, 6_250_000, 25_000_000, false),
          priced("mistral", "mistral-large-3", 3, 500_000, 50_000, -1, 1_500_000, false));

  private PriceSheet() {}

  private static ModelPrice priced(
      String provider,
      String model,
      int share,
      long input,
      long cacheRead,
      long cacheWrite,
      long output,
      boolean reasoning) {
    return new ModelPrice(provider, model, share, input, cacheRead, cacheWrite, output, reasoning);
  }
}

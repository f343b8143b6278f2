package io.tokenmeter.cli.prices;

import io.tokenmeter.pricelists.PriceListFormat;
import io.tokenmeter.pricelists.ReadOptions;
import picocli.CommandLine.Option;

/** How a price list is to be read. */
final class FormatOption {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "tokenmeter",
      description = "Format of the price list: ${COMPLETION-CANDIDATES}. Default: tokenmeter.")
  private PriceListFormat format;

  @Option(
      names = "--provider-fallbacks",
      description =
          "Let a provider take over the prices of the providers that genai-prices names as its"
              + " fallbacks (Azure those of OpenAI, for instance).")
  private boolean providerFallbacks;

  PriceListFormat format() {
    return format;
  }

  ReadOptions options() {
    return new ReadOptions(providerFallbacks);
  }
}

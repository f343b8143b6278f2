package io.tokenmeter.cli.prices;

import io.tokenmeter.cli.cluster.PriceTopic;
import io.tokenmeter.domain.price.PriceBook;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The prices that a command about a cluster works with: those of the cluster, or of a file. */
public final class PriceSource {

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "The price list. Default: the price table of the cluster.")
  private @Nullable Path prices;

  @Mixin private PricesFormatOption pricesFormat;

  /**
   * The prices.
   *
   * @param settings settings of the application, with bootstrap.servers and registry.url
   * @param err hears of rows that are left out
   */
  public PriceBook book(Map<String, String> settings, PrintWriter err) throws IOException {
    return PriceBook.of(
        prices == null ? new PriceTopic(settings).read().rows() : pricesFormat.rows(prices, err));
  }
}

package io.tokenmeter.cli.prices;

import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.pricelists.PriceListFormat;
import io.tokenmeter.pricelists.ReadOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What the price list is that a command is given with {@code --prices}. */
public final class PricesFormatOption {

  @Option(
      names = "--prices-format",
      paramLabel = "FORMAT",
      defaultValue = "tokenmeter",
      description = "Format of the price list: ${COMPLETION-CANDIDATES}. Default: tokenmeter.")
  private PriceListFormat format;

  public PriceListFormat format() {
    return format;
  }

  /**
   * The rows of a list, to price with them.
   *
   * @param err hears of rows that are left out
   */
  public List<PriceRow> rows(Path list, PrintWriter err) throws IOException {
    return PriceFiles.readForUse(list, format, ReadOptions.DEFAULT, err).priceRows();
  }
}

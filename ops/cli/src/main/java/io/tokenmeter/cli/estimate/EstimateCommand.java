package io.tokenmeter.cli.estimate;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.MomentConverter;
import io.tokenmeter.cli.prices.PricesFormatOption;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.domain.estimate.Estimate;
import io.tokenmeter.domain.estimate.Estimator;
import io.tokenmeter.domain.estimate.Workload;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.pricelists.PriceLists;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Estimates what traffic costs before launch. */
@Command(
    name = "estimate",
    description = {
      "Says what traffic would cost a request, a day and a month of 30 days with a model, and with"
          + " every other model of the price list beside it, the cheapest first.",
      "Uses the calculator and the price rows that events are priced with; amounts are exact. The"
          + " comparison is of prices: it does not know which model can do the work."
    },
    footer = {
      "",
      "Example: tokenmeter estimate --requests-per-day 50000 --input-tokens 1500"
          + " --output-tokens 400 --model gpt-4o --cached-share 0.4",
      "Example: tokenmeter estimate --requests-per-day 10000 --input-tokens 3000"
          + " --output-tokens 800 --model claude-3-5-sonnet --allowance 0 --prices prices.yaml"
    })
public final class EstimateCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Option(
      names = "--requests-per-day",
      paramLabel = "N",
      required = true,
      description = "Requests of users a day, without retries.")
  private long requestsPerDay;

  @Option(
      names = "--input-tokens",
      paramLabel = "N",
      required = true,
      description = "Input tokens of a request, those read from the cache included.")
  private long inputTokens;

  @Option(
      names = "--output-tokens",
      paramLabel = "N",
      required = true,
      description = "Output tokens of a request, reasoning included.")
  private long outputTokens;

  @Option(names = "--model", paramLabel = "M", required = true, description = "The model.")
  private String model;

  @Option(
      names = "--provider",
      paramLabel = "P",
      description = "Who serves it. Default: the first of the list that has a price for it.")
  private @Nullable String provider;

  @Option(
      names = "--cached-share",
      paramLabel = "S",
      defaultValue = "0",
      description = "Part of the input read from the provider's cache, 0 to 1. Default: 0.")
  private BigDecimal cachedShare;

  @Option(
      names = "--batch-share",
      paramLabel = "S",
      defaultValue = "0",
      description = "Part of the requests served in the batch tier, 0 to 1. Default: 0.")
  private BigDecimal batchShare;

  @Option(
      names = "--allowance",
      paramLabel = "A",
      description =
          "Calls beyond the planned ones, for retries and tool calls, as a part of them; may be 0."
              + " Default: 0.2.")
  private BigDecimal allowance = Workload.USUAL_ALLOWANCE;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      converter = MomentConverter.class,
      description =
          "The moment whose prices apply, as a date (its start in UTC) or a time with an offset."
              + " Default: now.")
  private @Nullable Instant at;

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "Region that serves the requests, where prices differ by region.")
  private @Nullable String region;

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "The price list. Default: the list prices that come with Tokenmeter.")
  private @Nullable Path prices;

  @Mixin private PricesFormatOption pricesFormat;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = command.commandLine().getOut();
    Workload load = workload();
    Instant moment = at == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : at;
    List<PriceRow> rows = rows();
    Estimator estimator = new Estimator(rows, moment, region);
    List<String> providers = providers(estimator, moment);
    Estimate chosen = estimator.estimate(providers.get(0), model, load);
    if (!chosen.isPriced()) {
      throw new CommandFailedException(
          model + " of " + providers.get(0) + " cannot be priced: " + chosen.unpriced());
    }
    EstimateReport report =
        new EstimateReport(load, moment, list(), providers, chosen, estimator.estimateAll(load));
    if (json) {
      report.json(out);
    } else {
      report.text(Terminal.ofStandardOutput().size().columns()).forEach(out::println);
    }
    return 0;
  }

  private Workload workload() {
    try {
      return new Workload(
          requestsPerDay, inputTokens, outputTokens, cachedShare, batchShare, allowance);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private List<PriceRow> rows() throws IOException {
    PrintWriter err = command.commandLine().getErr();
    return prices == null ? PriceLists.bundled().priceRows() : pricesFormat.rows(prices, err);
  }

  private String list() {
    return prices == null ? "bundled list prices" : prices.toString();
  }

  /** The provider to price with, and behind it others that have the model too. */
  private List<String> providers(Estimator estimator, Instant moment) {
    if (provider != null) {
      return List.of(provider);
    }
    List<String> all = estimator.providersOf(model);
    if (all.isEmpty()) {
      throw new CommandFailedException(
          "no price for "
              + model
              + " at "
              + moment
              + " in the "
              + list()
              + "; look for its name with: tokenmeter prices list "
              + (prices == null ? "--bundled" : prices)
              + ", or name the --provider, --region or --at");
    }
    return all;
  }
}

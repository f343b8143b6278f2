package io.tokenmeter.cli.cost;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.prices.PriceFiles;
import io.tokenmeter.cli.prices.PricesFormatOption;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.pricelists.ReadOptions;
import io.tokenmeter.usagefiles.UsageJsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prices usage offline. */
@Command(
    name = "cost",
    description = {
      "Prices usage events offline, with the same calculator as the application: one JSON object of"
          + " usage a line in, one JSON object of cost a line out.",
      "A line that is no event gives {\"line\":N,\"error\":\"...\"} and the rest goes on; the exit"
          + " code is 0 all the same. Events that no price row covers are UNPRICED, with a cost of"
          + " null."
    },
    footer = {
      "",
      "Example: tokenmeter cost --prices prices.yaml --usage events.jsonl",
      "Example: cat events.jsonl | tokenmeter cost --prices data.json --prices-format genai-prices"
          + " --usage -"
    })
public final class CostCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Option(names = "--prices", paramLabel = "FILE", required = true, description = "The price list.")
  private Path prices;

  @Mixin private PricesFormatOption pricesFormat;

  @Option(
      names = "--usage",
      paramLabel = "FILE",
      required = true,
      description = "File of usage events as JSON, one a line; - for standard input.")
  private String usage;

  @Option(
      names = "--provider-fallbacks",
      description =
          "Let a provider take over the prices of the providers that genai-prices names as its"
              + " fallbacks (Azure those of OpenAI, for instance).")
  private boolean providerFallbacks;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    ReadOptions options = new ReadOptions(providerFallbacks);
    PriceBook book =
        PriceBook.of(
            PriceFiles.readForUse(prices, pricesFormat.format(), options, err).priceRows());
    CostRun run = new CostRun(book, out);
    Thread interrupted =
        new Thread(
            () -> {
              finish(run, out);
              err.println("interrupted after " + run.summary());
            },
            "cost-interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try (InputStream in = open();
        UsageJsonReader reader =
            new UsageJsonReader(
                new FlushBeforeWaiting(
                    in,
                    () -> {
                      run.flush();
                      out.flush();
                    }))) {
      run.run(reader);
    } finally {
      finish(run, out);
      removeHook(interrupted);
    }
    err.println(run.summary());
    return 0;
  }

  private InputStream open() throws IOException {
    if (usage.equals("-")) {
      return System.in;
    }
    Path file = Path.of(usage);
    if (Files.isDirectory(file)) {
      throw new CommandFailedException(file + " is a directory, not a file of usage events");
    }
    return Files.newInputStream(file);
  }

  /** On Ctrl-C, whole lines are written out; the process then ends as it would have. */
  private static void finish(CostRun run, PrintWriter out) {
    try {
      run.flush();
    } catch (IOException e) {
      // Nobody reads any more.
    }
    out.flush();
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook with it.
    }
  }
}

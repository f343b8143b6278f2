package io.tokenmeter.cli.prices;

import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.cluster.DeploymentOptions;
import io.tokenmeter.cli.cluster.PriceTopic;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.pricelists.PriceLists;
import io.tokenmeter.pricelists.YamlPriceWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows price rows. */
@Command(
    name = "list",
    description =
        "Shows price rows: of the price table of a cluster, of a file, or of the list that comes with"
            + " Tokenmeter. The table is in US dollars a million tokens; + means that longer inputs"
            + " cost another price.",
    footer = {
      "",
      "Example: tokenmeter prices list --config tokenmeter.properties",
      "Example: tokenmeter prices list --bundled --provider anthropic",
      "Example: tokenmeter prices list data.json --format genai-prices --model claude --yaml"
    })
final class ListCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private FormatOption format;
  @Mixin private DeploymentOptions deployment;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "A price list.")
  private @Nullable Path file;

  @Option(names = "--bundled", description = "The list prices that come with Tokenmeter.")
  private boolean bundled;

  @Option(names = "--provider", paramLabel = "NAME", description = "Only this provider's rows.")
  private @Nullable String provider;

  @Option(
      names = "--model",
      paramLabel = "TEXT",
      description = "Only rows whose model contains this text.")
  private @Nullable String model;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(names = "--yaml", description = "Print a price list in the project's own format.")
  private boolean yaml;

  @Override
  public Integer call() throws Exception {
    List<PriceRow> rows = read().stream().filter(this::isWanted).toList();
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      JsonOut.print(out, object -> new PriceJson(object).rows(rows));
    } else if (yaml) {
      new YamlPriceWriter(out).write(List.of(), rows);
      out.flush();
    } else {
      PriceTable.of(rows).lines(Terminal.ofStandardOutput().size().columns()).forEach(out::println);
      out.println(rows.size() + (rows.size() == 1 ? " row" : " rows"));
    }
    return 0;
  }

  private List<PriceRow> read() throws IOException {
    int sources = (bundled ? 1 : 0) + (file == null ? 0 : 1) + (deployment.isGiven() ? 1 : 0);
    if (sources != 1) {
      throw new ParameterException(
          command.commandLine(),
          "name one of FILE, --bundled and a cluster (--bootstrap-servers or --config)");
    }
    if (deployment.isGiven()) {
      return readTopic();
    }
    return file == null
        ? PriceLists.bundled().priceRows()
        : PriceFiles.readForUse(
                file, format.format(), format.options(), command.commandLine().getErr())
            .priceRows();
  }

  private List<PriceRow> readTopic() {
    PriceTopic.Contents contents = new PriceTopic(deployment.settings()).read();
    PrintWriter err = command.commandLine().getErr();
    contents.unreadable().forEach(problem -> err.println("not readable: " + problem));
    return contents.rows().stream().sorted(Comparator.comparing(PriceRow::key)).toList();
  }

  private boolean isWanted(PriceRow row) {
    return (provider == null || row.provider().equals(provider))
        && (model == null
            || row.model().toLowerCase(Locale.ROOT).contains(model.toLowerCase(Locale.ROOT)));
  }
}

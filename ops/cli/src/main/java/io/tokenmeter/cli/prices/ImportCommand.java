package io.tokenmeter.cli.prices;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.pricelists.ListFinding;
import io.tokenmeter.pricelists.ListedRow;
import io.tokenmeter.pricelists.PriceList;
import io.tokenmeter.pricelists.PriceListFormat;
import io.tokenmeter.pricelists.ReadOptions;
import io.tokenmeter.pricelists.YamlPriceWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Converts a public price list to the project's own format. */
@Command(
    name = "import",
    description = {
      "Converts a public price list to the project's own format, and reports what could not be taken"
          + " over, summed up by reason. It never refuses the rest.",
      "The list goes to --output, the report to standard error."
    },
    footer = {
      "",
      "Example: tokenmeter prices import --from genai-prices data.json --output prices.yaml",
      "Example: tokenmeter prices import --from litellm"
          + " model_prices_and_context_window.json --provider openai --output openai.yaml"
    })
final class ImportCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Parameters(paramLabel = "FILE", description = "The public list.")
  private Path file;

  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      required = true,
      description = "Format of the public list: genai-prices or litellm.")
  private PriceListFormat from;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "-",
      description = "File to write; - for standard output, the default.")
  private String output;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "Take over this provider only. May be repeated.")
  private List<String> providers = List.of();

  @Option(
      names = "--provider-fallbacks",
      description =
          "Let a provider take over the prices of the providers that genai-prices names as its"
              + " fallbacks (Azure those of OpenAI, for instance).")
  private boolean providerFallbacks;

  @Option(names = "--findings", description = "Report every finding, not only their number.")
  private boolean every;

  @Option(
      names = "--json",
      description = "Print the report as one JSON object on standard output; needs --output FILE.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (json && output.equals("-")) {
      throw new ParameterException(
          command.commandLine(), "--json prints the report on standard output; add --output FILE");
    }
    PriceList list = PriceFiles.read(file, from, new ReadOptions(providerFallbacks));
    List<PriceRow> rows = list.rows().stream().map(ListedRow::row).filter(this::isWanted).toList();
    List<ListFinding> findings = list.findings().stream().filter(this::isWanted).toList();
    if (rows.isEmpty()) {
      throw new CommandFailedException(
          file
              + " has no usable row"
              + (providers.isEmpty() ? "" : " of " + String.join(", ", providers)));
    }
    write(rows);
    report(rows.size(), findings);
    return 0;
  }

  private boolean isWanted(PriceRow row) {
    return providers.isEmpty() || providers.contains(row.provider());
  }

  /** Findings name their row, which begins with the provider or with LiteLLM's key. */
  private boolean isWanted(ListFinding finding) {
    return providers.isEmpty()
        || finding.row().isEmpty()
        || providers.stream()
            .anyMatch(
                name ->
                    Pattern.compile("(^|.*\\W)" + Pattern.quote(name) + "(\\W.*|$)")
                        .matcher(finding.row())
                        .matches());
  }

  private void write(List<PriceRow> rows) throws IOException {
    List<String> comments =
        List.of(
            "Imported from the "
                + from
                + " list "
                + file.getFileName()
                + ": "
                + rows.size()
                + " rows.",
            "Check it: tokenmeter prices check");
    if (output.equals("-")) {
      PrintWriter out = command.commandLine().getOut();
      new YamlPriceWriter(out).write(comments, rows);
      out.flush();
      return;
    }
    try (Writer out = Files.newBufferedWriter(Path.of(output))) {
      new YamlPriceWriter(out).write(comments, rows);
    }
  }

  private void report(int rows, List<ListFinding> findings) throws IOException {
    if (json) {
      JsonOut.print(
          command.commandLine().getOut(),
          object -> {
            object.writeStringField("file", file.toString());
            object.writeStringField("output", output);
            object.writeNumberField("rows", rows);
            FindingReport.counts(object, findings);
            FindingReport.json(object, findings);
          });
      return;
    }
    PrintWriter err = command.commandLine().getErr();
    int width = Terminal.ofStandardError().size().columns();
    (every ? FindingReport.table(findings, width) : FindingReport.summary(findings, width))
        .forEach(err::println);
    err.println(
        rows + (rows == 1 ? " row" : " rows") + " imported; " + FindingReport.counts(findings));
  }
}

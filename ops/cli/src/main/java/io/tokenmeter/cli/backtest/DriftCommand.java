package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.csv.CsvFile;
import io.tokenmeter.cli.plot.PngFile;
import io.tokenmeter.domain.drift.DriftPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks for moves between models in a file. */
@Command(
    name = "drift",
    description = {
      "Tells when traffic moved between models: reads timestamp,model,requests and, if there is one,"
          + " cost_usd, one row for each model at a time, and writes"
          + " timestamp,psi,jsd,score,alert,finding, one row for each time, in one pass without"
          + " looking ahead.",
      "The score is 0 to 1, and 0.5 at the limit. Rows of one time follow each other. Any constant"
          + " step from a minute to a day will do; a time is the start of its step. Dollars a day hold"
          + " for steps of up to an hour."
    },
    footer = {
      "",
      "Example: tokenmeter backtest drift --input mix.csv --output drift.csv --plot drift.png"
    })
final class DriftCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private DriftPolicyOptions policyOptions;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      required = true,
      description =
          "CSV file of timestamp,model,requests[,cost_usd] with or without a header; - for standard"
              + " input.")
  private String input;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description =
          "Where the scores go; - for standard output, and the summary to standard error then.")
  private String output;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Draw the models' shares, the alerts and the score as a PNG picture.")
  private @Nullable Path plot;

  @Override
  public Integer call() throws Exception {
    DriftPolicy policy = policyOptions.policy(command.commandLine());
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    DriftPlot picture = plot == null ? null : new DriftPlot(input);
    DriftSummary summary = score(policy, picture, out);
    if (plot != null && picture != null) {
      PngFile.write(picture.chart(summary), plot);
    }
    (output.equals(ScoresFile.STANDARD_OUTPUT) ? err : out)
        .println(String.join(System.lineSeparator(), summary.lines()));
    return 0;
  }

  private DriftSummary score(DriftPolicy policy, @Nullable DriftPlot picture, PrintWriter out)
      throws IOException {
    try (CsvFile in = CsvFile.open(input);
        ScoresFile scores = ScoresFile.create(output, DriftBacktest.HEADER, out)) {
      DriftSummary summary = new DriftBacktest(policy, picture).run(in, scores);
      scores.commit();
      return summary;
    }
  }
}

package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.csv.CsvFile;
import io.tokenmeter.cli.plot.PngFile;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.domain.anomaly.series.SeriesPolicy;
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

/** Scores a series of a file. */
@Command(
    name = "anomaly",
    description = {
      "Scores how abnormal each row of a series is: reads timestamp,value and writes"
          + " timestamp,value,score,alert, one row for each row, in one pass without looking ahead.",
      "The score is 0 to 1 and comparable between series; 0.5 is reached by chance about once in two"
          + " thousand rows. A missing value (empty, NaN, null) scores 0. Any constant step from a"
          + " minute to a day will do; gaps, repeated times and steps back are taken as they come."
    },
    footer = {
      "",
      "Example: tokenmeter backtest anomaly --input spend.csv --output scores.csv --plot spend.png",
      "Example: tokenmeter backtest anomaly --input spend.csv --output scores.csv"
          + " --false-alarms 0.1 --floor 20 --minimum-ratio 1.5"
    })
final class AnomalyCommand implements Callable<Integer> {

  @Spec private CommandSpec command;
  @Mixin private SeriesPolicyOptions policyOptions;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      required = true,
      description = "CSV file of timestamp,value with or without a header; - for standard input.")
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
      description = "Draw series, normal band, alerts and score as a PNG picture.")
  private @Nullable Path plot;

  @Override
  public Integer call() throws Exception {
    SeriesPolicy policy = policyOptions.policy(command.commandLine());
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    SeriesPlot picture = plot == null ? null : new SeriesPlot(input);
    SeriesSummary summary = score(policy, picture, out, err);
    if (plot != null && picture != null) {
      PngFile.write(picture.chart(summary, summary.threshold(policy)), plot);
    }
    (output.equals(ScoresFile.STANDARD_OUTPUT) ? err : out)
        .println(String.join(System.lineSeparator(), summary.lines(policy)));
    return 0;
  }

  private SeriesSummary score(
      SeriesPolicy policy, @Nullable SeriesPlot picture, PrintWriter out, PrintWriter err)
      throws IOException {
    ProgressLine progress = ProgressLine.onStandardError(err);
    try (CsvFile in = CsvFile.open(input);
        ScoresFile scores = ScoresFile.create(output, ScoresFile.SERIES_HEADER, out)) {
      SeriesSummary summary = new SeriesBacktest(policy, picture, progress).run(in, scores);
      scores.commit();
      return summary;
    } finally {
      progress.clear();
    }
  }
}

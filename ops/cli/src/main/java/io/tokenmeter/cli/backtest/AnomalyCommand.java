package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.csv.CsvFile;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.domain.anomaly.series.SeriesPolicy;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private BacktestFiles files;
  @Mixin private SeriesPolicyOptions policyOptions;

  @Override
  public Integer call() throws Exception {
    SeriesPolicy policy = policyOptions.policy(command.commandLine());
    SeriesPlot picture = files.isPlotted() ? new SeriesPlot(files.input()) : null;
    SeriesSummary summary = score(policy, picture);
    if (picture != null) {
      files.draw(picture.chart(summary, summary.threshold(policy)));
    }
    files.print(summary.lines(policy), command.commandLine());
    return 0;
  }

  private SeriesSummary score(SeriesPolicy policy, @Nullable SeriesPlot picture)
      throws IOException {
    ProgressLine progress = ProgressLine.onStandardError(command.commandLine().getErr());
    try (CsvFile in = files.openInput();
        ScoresFile scores =
            files.createScores(ScoresFile.SERIES_HEADER, command.commandLine().getOut())) {
      SeriesSummary summary = new SeriesBacktest(policy, picture, progress).run(in, scores);
      scores.commit();
      return summary;
    } finally {
      progress.clear();
    }
  }
}

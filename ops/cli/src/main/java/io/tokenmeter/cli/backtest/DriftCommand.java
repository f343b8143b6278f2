package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.csv.CsvFile;
import io.tokenmeter.domain.drift.DriftPolicy;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private BacktestFiles files;
  @Mixin private DriftPolicyOptions policyOptions;

  @Override
  public Integer call() throws Exception {
    DriftPolicy policy = policyOptions.policy(command.commandLine());
    DriftPlot picture = files.isPlotted() ? new DriftPlot(files.input()) : null;
    DriftSummary summary = score(policy, picture);
    if (picture != null) {
      files.draw(picture.chart(summary));
    }
    files.print(summary.lines(), command.commandLine());
    return 0;
  }

  private DriftSummary score(DriftPolicy policy, @Nullable DriftPlot picture) throws IOException {
    try (CsvFile in = files.openInput();
        ScoresFile scores =
            files.createScores(DriftBacktest.HEADER, command.commandLine().getOut())) {
      DriftSummary summary = new DriftBacktest(policy, picture).run(in, scores);
      scores.commit();
      return summary;
    }
  }
}

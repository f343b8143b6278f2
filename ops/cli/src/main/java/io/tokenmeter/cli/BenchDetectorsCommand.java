package io.tokenmeter.cli;

import io.tokenmeter.benchmarks.detectors.Evaluation;
import io.tokenmeter.benchmarks.detectors.EvaluationReport;
import io.tokenmeter.benchmarks.detectors.Seeds;
import io.tokenmeter.benchmarks.detectors.spend.ScenarioSize;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Evaluates the detectors on made-up spend with faults at known times. */
@Command(
    name = "detectors",
    description =
        "Evaluates the detectors on a company's made-up spend with faults at known times, and"
            + " beside them the mean ± 2 standard deviations rule and a static threshold: precision,"
            + " recall, time to detect and false alerts.",
    footer = {"", "Example: tokenmeter bench detectors --seeds 10 --json"})
final class BenchDetectorsCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many companies. Default: ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(
      names = "--train",
      description =
          "Use the seeds that detectors are tuned on, instead of those that are kept for reports.")
  private boolean train;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Override
  public Integer call() {
    if (seeds < 1) {
      throw new ParameterException(command.commandLine(), "--seeds must be 1 or more");
    }
    Evaluation evaluation =
        new Evaluation(ScenarioSize.STANDARD, line -> command.commandLine().getErr().println(line));
    EvaluationReport report = evaluation.run(train ? Seeds.train(seeds) : Seeds.test(seeds));
    command.commandLine().getOut().println(json ? report.toJson() : report.toText());
    return 0;
  }
}

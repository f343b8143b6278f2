package io.tokenmeter.cli.runs;

import io.tokenmeter.cli.CountConverter;
import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.DeploymentOptions;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.cli.terminal.TextTable;
import io.tokenmeter.schemas.RunStatus;
import io.tokenmeter.schemas.WorkflowRun;
import io.tokenmeter.streams.avro.RecordJson;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists runs. */
@Command(
    name = "list",
    description = "Lists runs, the latest or the dearest first.",
    footer = {
      "",
      "Example: tokenmeter runs list --config tokenmeter.properties --dearest --limit 10",
      "Example: tokenmeter runs list --config tokenmeter.properties --workflow research --open"
    })
final class RunsListCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private DeploymentOptions deployment;

  @Option(names = "--workflow", paramLabel = "NAME", description = "Only runs of this workflow.")
  private @Nullable String workflow;

  @Option(names = "--open", description = "Only runs that have not closed.")
  private boolean open;

  @Option(names = "--dearest", description = "The dearest first, instead of the latest.")
  private boolean dearest;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = CountConverter.class,
      defaultValue = "20",
      description = "Show at most so many. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    ProgressLine progress = ProgressLine.onStandardError(command.commandLine().getErr());
    RunTopics topics = new RunTopics(Cluster.of(deployment.settings()), progress::show);
    List<WorkflowRun> all = topics.runs().values().stream().filter(this::isWanted).toList();
    progress.clear();
    List<WorkflowRun> runs = all.stream().sorted(order()).limit(limit).toList();
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      JsonOut.print(
          out,
          object -> {
            object.writeArrayFieldStart("runs");
            for (WorkflowRun run : runs) {
              object.writeStartObject();
              RecordJson.writeFields(object, run);
              object.writeEndObject();
            }
            object.writeEndArray();
          });
    } else {
      if (!runs.isEmpty()) {
        table(runs).lines(Terminal.ofStandardOutput().size().columns()).forEach(out::println);
      }
      out.println(
          runs.size() < all.size()
              ? "%s of %s runs; more with --limit"
                  .formatted(Figures.count(runs.size()), Figures.count(all.size()))
              : Figures.counted(all.size(), "run"));
    }
    return 0;
  }

  private boolean isWanted(WorkflowRun run) {
    return (workflow == null || workflow.equals(run.getWorkflow()))
        && (!open || run.getStatus() == RunStatus.OPEN);
  }

  private Comparator<WorkflowRun> order() {
    Comparator<WorkflowRun> order =
        dearest
            ? Comparator.comparing(WorkflowRun::getCostUsd)
            : Comparator.comparing(WorkflowRun::getLastEventAt);
    return order.reversed().thenComparing(WorkflowRun::getRunId);
  }

  private static TextTable table(List<WorkflowRun> runs) {
    TextTable table = new TextTable("lllrlrrrrrr");
    table.row(
        "RUN",
        "WORKFLOW",
        "STATUS",
        "COST USD",
        "STARTED",
        "DURATION",
        "STEPS",
        "RETRIES",
        "ERRORS",
        "IN",
        "OUT");
    for (WorkflowRun run : runs) {
      table.row(
          run.getRunId(),
          run.getWorkflow() == null ? "" : run.getWorkflow(),
          run.getOutcome() == null
              ? run.getStatus().name().toLowerCase(Locale.ROOT)
              : run.getStatus().name().toLowerCase(Locale.ROOT) + ", " + run.getOutcome(),
          Figures.exact(run.getCostUsd()) + (run.getUnpricedSteps() > 0 ? " +unpriced" : ""),
          run.getFirstEventAt().toString().replaceFirst("\\..*Z", "Z"),
          RunView.time(run.getDurationMs()),
          Figures.count(run.getSteps()),
          Figures.count(run.getRetries()),
          Figures.count(run.getErrors()),
          Figures.compact(run.getInputTokens()),
          Figures.compact(run.getOutputTokens()));
    }
    return table;
  }
}

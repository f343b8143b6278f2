package io.tokenmeter.cli.runs;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenmeter.cli.CountConverter;
import io.tokenmeter.cli.JsonOut;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.DeploymentOptions;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.cli.terminal.Style;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.WorkflowRun;
import io.tokenmeter.streams.avro.RecordJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one run. */
@Command(
    name = "show",
    description =
        "Shows what a run cost and its steps as a tree: totals from workflow-runs, steps from"
            + " costed-usage. What a step cost includes all below it.",
    footer = {"", "Example: tokenmeter runs show run-42 --config tokenmeter.properties"})
final class RunsShowCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private DeploymentOptions deployment;

  @Parameters(paramLabel = "RUN_ID", description = "The run.")
  private String runId;

  @Option(
      names = "--lines",
      paramLabel = "N",
      converter = CountConverter.class,
      defaultValue = "60",
      description =
          "Show the tree in at most so many lines, the dearest steps of each branch first."
              + " Default: ${DEFAULT-VALUE}.")
  private int lines;

  @Option(names = "--all", description = "Show every step.")
  private boolean all;

  @Option(names = "--json", description = "Print one JSON object with the run and all its steps.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    ProgressLine progress = ProgressLine.onStandardError(command.commandLine().getErr());
    RunTopics topics = new RunTopics(Cluster.of(deployment.settings()), progress::show);
    WorkflowRun run = topics.run(runId);
    Collection<CostedUsage> steps = topics.steps(run);
    progress.clear();
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      JsonOut.print(out, object -> write(object, run, steps));
    } else {
      view()
          .lines(run, new RunTree(steps), all ? Integer.MAX_VALUE - 1 : lines)
          .forEach(out::println);
    }
    return 0;
  }

  private static RunView view() {
    Terminal terminal = Terminal.ofStandardOutput();
    return new RunView(
        terminal.size().columns(), new Style(terminal.hasColour()), terminal.isUnicode());
  }

  private static void write(JsonGenerator object, WorkflowRun run, Collection<CostedUsage> steps)
      throws IOException {
    object.writeObjectFieldStart("run");
    RecordJson.writeFields(object, run);
    object.writeEndObject();
    object.writeArrayFieldStart("steps");
    for (CostedUsage step : steps) {
      object.writeStartObject();
      RecordJson.writeFields(object, step);
      object.writeEndObject();
    }
    object.writeEndArray();
  }
}

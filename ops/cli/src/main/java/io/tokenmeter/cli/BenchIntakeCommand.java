package io.tokenmeter.cli;

import io.tokenmeter.benchmarks.intake.IntakeBench;
import io.tokenmeter.benchmarks.intake.IntakeBenchOptions;
import io.tokenmeter.benchmarks.intake.IntakeBenchReport;
import io.tokenmeter.cli.cluster.RegistryLog;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the intake. */
@Command(
    name = "intake",
    description =
        "Sends OpenTelemetry traces to an intake in a process of its own as fast as it answers:"
            + " events a second, latency, memory. Then the broker stands still under the same load,"
            + " and every event that was answered 200 is looked for in Kafka.",
    footer = {"", "Example: tokenmeter bench intake --seconds 30 --heap 128"})
final class BenchIntakeCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "20",
      description = "How long is measured. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "15",
      description = "Seconds of load before that. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "16",
      description = "Clients with one request at a time each. Default: ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = "--spans",
      paramLabel = "N",
      defaultValue = "100",
      description = "Spans in a request. Default: ${DEFAULT-VALUE}.")
  private int spans;

  @Option(
      names = "--heap",
      paramLabel = "MIB",
      defaultValue = "256",
      description = "Heap of the intake, MiB. Default: ${DEFAULT-VALUE}.")
  private int heap;

  @Option(
      names = "--outage",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long the broker stands still; 0: not at all. Default: ${DEFAULT-VALUE}.")
  private int outage;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (seconds < 1 || warmUp < 0 || connections < 1 || spans < 1 || heap < 32 || outage < 0) {
      throw new ParameterException(
          command.commandLine(),
          "--seconds, --connections and --spans must be 1 or more, --heap 32 or more, --warm-up and"
              + " --outage 0 or more");
    }
    RegistryLog.quiet();
    IntakeBenchReport report =
        new IntakeBench(
                new IntakeBenchOptions(seconds, warmUp, connections, spans, heap, outage),
                line -> command.commandLine().getErr().println(line))
            .run();
    command.commandLine().getOut().println(json ? report.toJson() : report.toText());
    if (report.lost() > 0) {
      throw new CommandFailedException("events that were answered 200 are not in Kafka");
    }
    return 0;
  }
}

package io.tokenmeter.cli.intake;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.StopSignal;
import io.tokenmeter.cli.cluster.RegistryLog;
import io.tokenmeter.cli.cluster.SettingsFile;
import io.tokenmeter.intake.IntakeService;
import io.tokenmeter.intake.config.IntakeConfig;
import io.tokenmeter.intake.config.SourceTopic;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the intake service. */
@Command(
    name = "intake",
    description = {
      "Takes usage in where it already is: OpenTelemetry traces, LiteLLM's callbacks, CloudEvents,"
          + " usage JSON and providers' responses by HTTP, and topics that other systems write. Runs"
          + " until it is stopped with Ctrl-C or SIGTERM; what is being worked on then still reaches"
          + " Kafka.",
      "Exit code 0 after a stop, 1 if it cannot start or gives up."
    },
    subcommands = {IntakeTokenCommand.class, IntakeSettingsCommand.class},
    footer = {"", "Example: tokenmeter intake --config intake.properties"})
public final class IntakeCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofMillis(200);

  @Spec private CommandSpec command;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file; 'tokenmeter intake settings' lists what it may hold.")
  private @Nullable Path config;

  @Override
  public Integer call() throws Exception {
    if (config == null) {
      throw new ParameterException(
          command.commandLine(), "name the settings with --config FILE, or give a COMMAND");
    }
    RegistryLog.quiet();
    IntakeConfig settings =
        new IntakeConfig(SettingsFile.read(config, "tokenmeter intake settings"));
    StopSignal stop = StopSignal.install();
    try (IntakeService intake = IntakeService.start(settings)) {
      sayWhere(settings, intake);
      while (!stop.await(LOOK)) {
        if (intake.hasFailed()) {
          throw new CommandFailedException("the intake gave up reading topics; its log says why");
        }
      }
      command.commandLine().getErr().println("Stopping.");
    }
    return 0;
  }

  private void sayWhere(IntakeConfig settings, IntakeService intake) {
    PrintWriter err = command.commandLine().getErr();
    err.println("Usage is taken at " + intake.url() + "; Ctrl-C stops it.");
    err.println("For OpenTelemetry: export OTEL_EXPORTER_OTLP_ENDPOINT=" + intake.url());
    for (SourceTopic source : settings.sources()) {
      err.println("Topic " + source.topic() + " is read as " + source.format().label() + ".");
    }
    if (!settings.getBoolean(IntakeConfig.AUTH_REQUIRED)) {
      err.println("No token is asked for: whoever reaches the port may send usage.");
    }
    if (intake.operationsPort() != 0) {
      err.println("Metrics are on port " + intake.operationsPort() + ", /metrics");
    }
  }
}

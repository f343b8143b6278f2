package io.tokenmeter.cli;

import io.tokenmeter.cli.cluster.EmbeddedCluster;
import io.tokenmeter.cli.cluster.LocalApplication;
import io.tokenmeter.embedded.BrokerOptions;
import io.tokenmeter.embedded.EmbeddedEnvironment;
import io.tokenmeter.embedded.EnvironmentOptions;
import io.tokenmeter.embedded.RegistryOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps an embedded broker and registry running, to try other commands against. */
@Command(
    name = "embedded",
    description =
        "Starts a Kafka broker and a schema registry on this machine, creates the topics, and keeps"
            + " both running until Ctrl-C, so that other commands can be tried against them."
            + " Nothing is kept afterwards.",
    footer = {"", "Example: tokenmeter embedded --kafka-port 9092"})
final class EmbeddedCommand implements Callable<Integer> {

  private static final int LAST_PORT = 65_535;

  @Spec private CommandSpec command;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the broker on 127.0.0.1. Default: a free one.")
  private int kafkaPort;

  @Option(
      names = "--registry-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the registry on 127.0.0.1. Default: a free one.")
  private int registryPort;

  @Option(names = "--app", description = "Run the application too.")
  private boolean withApplication;

  @Override
  public Integer call() throws Exception {
    requirePort("--kafka-port", kafkaPort);
    requirePort("--registry-port", registryPort);
    StopSignal stop = StopSignal.install();
    PrintWriter out = command.commandLine().getOut();
    try (EmbeddedCluster cluster = EmbeddedCluster.start(options())) {
      stop.requireNone("while it started");
      EmbeddedEnvironment environment = cluster.environment();
      Path config = cluster.writeConfig("embedded");
      if (withApplication) {
        environment.closeFirst(LocalApplication.start(cluster.settings(), stop));
      }
      out.println("Kafka:     " + environment.bootstrapServers());
      out.println("Registry:  " + environment.registryUrl());
      out.println("Confluent: " + environment.confluentRegistryUrl());
      out.println("Config:    " + config);
      out.println("Try:       tokenmeter topics describe --config " + config);
      out.println("Ctrl-C ends it.");
      while (!stop.await(Duration.ofDays(1))) {
        // Until asked to stop.
      }
    }
    return 0;
  }

  private void requirePort(String option, int port) {
    if (port < 0 || port > LAST_PORT) {
      throw new ParameterException(
          command.commandLine(), option + " must be from 0 to " + LAST_PORT);
    }
  }

  private EnvironmentOptions options() {
    return EnvironmentOptions.defaults()
        .withBroker(BrokerOptions.defaults().withPort(kafkaPort))
        .withRegistry(RegistryOptions.defaults().withPort(registryPort));
  }
}

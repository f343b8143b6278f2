package io.tokenmeter.cli;

import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.ClusterOptions;
import io.tokenmeter.cli.cluster.RegistryOption;
import io.tokenmeter.cli.cluster.RequiredTopics;
import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.TokenmeterConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams.State;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the application on an existing cluster. */
@Command(
    name = "run",
    description = {
      "Runs the application on an existing Kafka cluster and schema registry until it is stopped"
          + " with Ctrl-C or SIGTERM. Several instances share the work; 'tokenmeter settings' lists"
          + " what the file may hold.",
      "Exit code 0 after a stop, 1 if the application cannot start or gives up."
    },
    footer = {"", "Example: tokenmeter run --config tokenmeter.properties"})
final class RunCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofMillis(200);

  @Spec private CommandSpec command;
  @Mixin private ClusterOptions cluster;
  @Mixin private RegistryOption registry;

  @Override
  public Integer call() throws Exception {
    Map<String, String> settings = registry.addTo(cluster.settings());
    TokenmeterConfig config = new TokenmeterConfig(settings);
    StopSignal stop = StopSignal.install();
    try (Admin admin = new Cluster(config).admin()) {
      RequiredTopics.require(
          admin, config.getString(TokenmeterConfig.TOPIC_PREFIX), cluster.asGiven());
    }
    try (TokenmeterApplication application = new TokenmeterApplication(config)) {
      application.start();
      sayWhere(config, application);
      while (!stop.await(LOOK)) {
        requireAlive(application);
      }
      command.commandLine().getErr().println("Stopping.");
    }
    return 0;
  }

  private void sayWhere(TokenmeterConfig config, TokenmeterApplication application) {
    PrintWriter err = command.commandLine().getErr();
    err.println(
        "Running as "
            + config.getString(TokenmeterConfig.APPLICATION_ID)
            + " on "
            + String.join(",", config.getList(TokenmeterConfig.BOOTSTRAP_SERVERS))
            + "; Ctrl-C stops it.");
    String listen = config.getString(TokenmeterConfig.HTTP_LISTEN);
    if (listen.isEmpty()) {
      err.println("No metrics are served; set http.listen to an address such as 127.0.0.1:9464.");
    } else {
      String address =
          listen.substring(0, listen.lastIndexOf(':') + 1) + application.operationsPort();
      err.println("Metrics: http://" + address + "/metrics, health: /health/live, /health/ready");
    }
  }

  private static void requireAlive(TokenmeterApplication application) throws InterruptedException {
    State state = application.state();
    if (state == State.ERROR || state == State.NOT_RUNNING) {
      Throwable failure = application.awaitStop();
      if (failure == null) {
        throw new CommandFailedException("the application stopped by itself: " + state);
      }
      throw new CommandFailedException(
          "the application gave up: " + ErrorText.of(failure), failure);
    }
  }
}

package io.tokenmeter.cli.warehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.TopicPrefixOption;
import io.tokenmeter.connect.rest.ConnectCluster;
import io.tokenmeter.connect.rest.ConnectFailedException;
import io.tokenmeter.connect.rest.ConnectorStatus;
import io.tokenmeter.warehouse.SinkConnector;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the configurations of the sinks, or gives them to a Connect cluster. */
@Command(
    name = "connectors",
    description = {
      "Prints the configurations of the sinks as JSON; with --connect installs them and waits until"
          + " they run. May be repeated: an installed sink gets the configuration again.",
      "",
      "Addresses and passwords are not in them: they are read from the worker's environment.",
      ""
    },
    footer = {"", "Example: tokenmeter warehouse connectors --connect http://localhost:8083"})
final class WarehouseConnectorsCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 300;

  @Spec private CommandSpec command;
  @Mixin private SinkKindOption warehouse;
  @Mixin private TopicPrefixOption prefix;

  @Option(
      names = "--connect",
      paramLabel = "URL",
      description =
          "Address of a worker's REST API, to install them there; USER:PASSWORD@ before the"
              + " host is sent as HTTP basic authentication.")
  private @Nullable String connect;

  @Override
  public Integer call() throws Exception {
    List<SinkConnector> connectors = SinkConnector.all(warehouse.kind(), prefix.of(Map.of()));
    if (connect != null && !connect.matches("https?://.+")) {
      throw new ParameterException(
          command.commandLine(), "--connect must begin with http:// or https://");
    }
    if (connect == null) {
      print(connectors);
    } else {
      install(connectors, new ConnectCluster(connect));
    }
    return 0;
  }

  private void print(List<SinkConnector> connectors) throws JsonProcessingException {
    ObjectMapper json =
        new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    command.commandLine().getOut().println(json.writeValueAsString(connectors));
  }

  private void install(List<SinkConnector> connectors, ConnectCluster cluster)
      throws InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    try {
      for (SinkConnector connector : connectors) {
        cluster.install(connector.name(), connector.config());
      }
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      for (SinkConnector connector : connectors) {
        awaitRunning(connector.name(), cluster, deadline);
        out.println(connector.name() + ": running, reads " + connector.config().get("topics"));
      }
    } catch (ConnectFailedException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void awaitRunning(String name, ConnectCluster cluster, long deadline)
      throws InterruptedException {
    while (true) {
      ConnectorStatus status = cluster.status(name);
      if (status.isRunning()) {
        return;
      }
      if (!status.failures().isEmpty()) {
        throw new CommandFailedException(
            name + " failed: " + status.failures().get(0).lines().findFirst().orElse(""));
      }
      if (System.nanoTime() > deadline) {
        throw new CommandFailedException(
            "%s does not run after %d seconds; its state is %s, its tasks' %s"
                .formatted(name, PATIENCE.toSeconds(), status.state(), status.tasks()));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }
}

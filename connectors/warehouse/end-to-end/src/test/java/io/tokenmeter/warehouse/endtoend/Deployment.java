package io.tokenmeter.warehouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.cli.CommandRun;
import io.tokenmeter.cli.StopSignal;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.EmbeddedCluster;
import io.tokenmeter.cli.cluster.LocalApplication;
import io.tokenmeter.cli.cluster.SettingsFile;
import io.tokenmeter.connect.rest.ConnectCluster;
import io.tokenmeter.embedded.BrokerOptions;
import io.tokenmeter.embedded.ConnectWorkerOptions;
import io.tokenmeter.embedded.EmbeddedConnectWorker;
import io.tokenmeter.embedded.EnvironmentOptions;
import io.tokenmeter.warehouse.SinkConnector;
import io.tokenmeter.warehouse.SinkKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Everything that results pass through: application, broker, registry, worker, warehouses. */
final class Deployment implements AutoCloseable {

  private static final Path WORKER_PROPERTIES = Path.of("..", "worker.properties");

  /** Settings of the example that are other ones wherever a worker runs. */
  private static final Pattern OF_ONE_PLACE =
      Pattern.compile("bootstrap\\.servers|group\\.id|listeners|plugin\\.path|.*\\.storage\\..*");

  private final EmbeddedCluster cluster;
  private final Path config;
  private final Database database;
  private final IcebergLake lake;
  private final EmbeddedConnectWorker worker;
  private final LocalApplication application;

  Deployment(Path directory) throws Exception {
    cluster =
        EmbeddedCluster.start(
            EnvironmentOptions.defaults()
                // A killed worker must not be waited for as long as in production.
                .withBroker(
                    BrokerOptions.defaults()
                        .withSetting("group.min.session.timeout.ms", "1000")
                        .withSetting("transaction.state.log.min.isr", "1")));
    config = writeConfig(directory);
    CompletableFuture<LocalApplication> starting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return LocalApplication.start(cluster.settings(), new StopSignal());
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    createIcebergControlTopic();
    database = new Database();
    database.execute(command("warehouse", "sql"));
    Path lakeDirectory = Files.createDirectory(directory.resolve("lake"));
    lake = new IcebergLake(lakeDirectory);
    worker = EmbeddedConnectWorker.start(workerOptions(lakeDirectory));
    application = starting.join();
  }

  private void createIcebergControlTopic() throws Exception {
    try (Admin admin = Cluster.of(cluster.settings()).admin()) {
      NewTopic topic = new NewTopic("tokenmeter.iceberg-control", 1, (short) 1);
      admin.createTopics(List.of(topic.configs(Map.of("retention.ms", "-1")))).all().get();
    }
  }

  private ConnectWorkerOptions workerOptions(Path lakeDirectory) {
    ConnectWorkerOptions options =
        ConnectWorkerOptions.of(
                cluster.environment().bootstrapServers(),
                Path.of(System.getProperty("connect.libraries")),
                Path.of(System.getProperty("connect.plugins")))
            .withEnvironment(
                "TOKENMETER_BOOTSTRAP_SERVERS", cluster.environment().bootstrapServers())
            .withEnvironment(
                "TOKENMETER_REGISTRY_URL", cluster.environment().confluentRegistryUrl())
            .withEnvironment("TOKENMETER_WAREHOUSE_URL", database.url())
            .withEnvironment("TOKENMETER_WAREHOUSE_USER", "postgres")
            .withEnvironment("TOKENMETER_WAREHOUSE_PASSWORD", "postgres")
            .withEnvironment("TOKENMETER_ICEBERG_WAREHOUSE", lakeDirectory.toString());
    for (Map.Entry<String, String> setting : SettingsFile.read(WORKER_PROPERTIES).entrySet()) {
      if (!OF_ONE_PLACE.matcher(setting.getKey()).matches()) {
        options = options.withSetting(setting.getKey(), setting.getValue());
      }
    }
    return options;
  }

  /** Installs the sinks as a user does; Iceberg's commit every second instead of every minute. */
  void installSinks() throws InterruptedException {
    command("warehouse", "connectors", "--connect", worker.url());
    for (SinkConnector connector : SinkConnector.all(SinkKind.ICEBERG, "tokenmeter.")) {
      Map<String, String> fast = new TreeMap<>(connector.config());
      fast.put("iceberg.control.commit.interval-ms", "1000");
      connect().install(connector.name(), fast);
    }
  }

  void replay(Path file) {
    command("replay", file.toString(), "--format=usage-json", "--json", "--config=" + config);
  }

  /** Runs a command with the settings of this cluster. */
  void onCluster(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--config=" + config);
    command(all.toArray(String[]::new));
  }

  /** Runs a command that has to succeed, and returns what it printed. */
  static String command(String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  Topics topics() {
    return new Topics(Cluster.of(cluster.settings()));
  }

  ConnectCluster connect() {
    return new ConnectCluster(worker.url());
  }

  EmbeddedConnectWorker worker() {
    return worker;
  }

  Database database() {
    return database;
  }

  IcebergLake lake() {
    return lake;
  }

  /** Stops the application, so that its topics stay as they are. */
  void stopApplication() {
    application.close();
  }

  private Path writeConfig(Path directory) throws Exception {
    return Files.writeString(
        directory.resolve("tokenmeter.properties"),
        cluster.settings().entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
            .collect(Collectors.joining()));
  }

  @Override
  public void close() throws Exception {
    application.close();
    worker.close();
    lake.close();
    database.close();
    cluster.close();
  }
}

package io.tokenmeter.embedded;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka Connect worker in distributed mode as a child process, on loopback, for tests of
 * connectors: it can be killed and started again, and finds its connectors and offsets in Kafka.
 *
 * <p>A connector's group and a killed worker are given up after a session time-out: start the
 * broker with {@code group.min.session.timeout.ms=1000} for tests that kill.
 */
public final class EmbeddedConnectWorker implements AutoCloseable {

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("key.converter", "org.apache.kafka.connect.storage.StringConverter"),
          Map.entry("value.converter", "org.apache.kafka.connect.storage.StringConverter"),
          // Only what says that it is a plugin: no search through every class of every jar.
          Map.entry("plugin.discovery", "service_load"),
          // A killed worker is given up soon, and replaced at once.
          Map.entry("session.timeout.ms", "3000"),
          Map.entry("heartbeat.interval.ms", "500"),
          Map.entry("consumer.session.timeout.ms", "3000"),
          Map.entry("consumer.heartbeat.interval.ms", "500"),
          Map.entry("scheduled.rebalance.max.delay.ms", "0"),
          Map.entry("offset.flush.interval.ms", "1000"),
          Map.entry("config.providers", "env"),
          Map.entry(
              "config.providers.env.class",
              "org.apache.kafka.common.config.provider.EnvVarConfigProvider"));

  private static final String MAIN = "org.apache.kafka.connect.cli.ConnectDistributed";
  private static final int POLL_MILLIS = 50;

  private final ConnectWorkerOptions options;
  private final DataDirectory data;
  private final int port;
  private @Nullable ChildJvm worker;

  private EmbeddedConnectWorker(ConnectWorkerOptions options) {
    this.options = options;
    this.data = DataDirectory.of(null);
    this.port = LoopbackPorts.findFree();
  }

  /**
   * Starts a worker of a new Connect cluster, and returns when it has found its plugins, joined and
   * answers.
   *
   * @throws EmbeddedException if a folder is missing or the worker does not come up; the message
   *     holds the end of its log
   */
  public static EmbeddedConnectWorker start(ConnectWorkerOptions options) {
    requireFolder(options.libraries(), "the worker's libraries");
    requireFolder(options.plugins(), "plugins");
    EmbeddedConnectWorker started = new EmbeddedConnectWorker(options);
    try {
      started.writeSettings();
      started.launch();
      return started;
    } catch (RuntimeException | Error e) {
      started.close();
      throw e;
    }
  }

  /** The address of the worker's REST API. */
  public String url() {
    return "http://" + LoopbackPorts.HOST + ":" + port;
  }

  /** The last lines of the worker's log. */
  public synchronized String logTail() {
    return worker == null ? "(not running)" : worker.logTail();
  }

  /** Kills the worker as {@code kill -9} does, and returns when it is gone. */
  public synchronized void kill() {
    if (worker != null) {
      worker.kill();
      worker = null;
    }
  }

  /** Starts a worker of the same cluster in the place of one that was killed. */
  public synchronized void startAgain() {
    if (worker == null) {
      launch();
    }
  }

  /** Stops the worker in order and deletes its log. May be repeated. */
  @Override
  public synchronized void close() {
    if (worker != null) {
      worker.stop();
      worker = null;
    }
    data.close();
  }

  private void writeSettings() {
    Properties settings = new Properties();
    settings.putAll(clusterSettings("connect-" + UUID.randomUUID()));
    settings.setProperty("listeners", url());
    settings.setProperty("plugin.path", options.plugins().toAbsolutePath().toString());
    settings.putAll(DEFAULTS);
    settings.putAll(options.settings());
    try (Writer out = Files.newBufferedWriter(settingsFile())) {
      settings.store(out, null);
    } catch (IOException e) {
      throw new EmbeddedException("Cannot write " + settingsFile() + ".", e);
    }
  }

  private Map<String, String> clusterSettings(String cluster) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap.servers", options.bootstrapServers());
    settings.put("group.id", cluster);
    for (String storage : List.of("config", "offset", "status")) {
      settings.put(storage + ".storage.topic", cluster + "-" + storage);
      settings.put(storage + ".storage.replication.factor", "1");
    }
    settings.put("offset.storage.partitions", "1");
    settings.put("status.storage.partitions", "1");
    return settings;
  }

  private Path settingsFile() {
    return data.path().resolve("worker.properties");
  }

  private synchronized void launch() {
    try {
      worker =
          ChildJvm.start(
              data.path(),
              "worker",
              new ChildJvm.Program(
                  List.of(
                      "-Xmx512m",
                      "-XX:TieredStopAtLevel=1",
                      "-XX:+UseSerialGC",
                      "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                      "-Dorg.slf4j.simpleLogger.showDateTime=true"),
                  options.libraries().toAbsolutePath().resolve("*").toString(),
                  MAIN,
                  List.of(settingsFile().toString()),
                  options.environment()));
    } catch (IOException e) {
      throw new EmbeddedException("Cannot start the Connect worker in " + data.path() + ".", e);
    }
    awaitReady(worker);
  }

  private void awaitReady(ChildJvm starting) {
    long deadline = System.nanoTime() + options.startTimeout().toNanos();
    while (!isReady()) {
      if (!starting.isAlive() || System.nanoTime() > deadline) {
        throw new EmbeddedException(
            "The Connect worker %s. The end of its log:%n%s"
                .formatted(
                    starting.isAlive() ? "did not answer in time" : "ended while starting",
                    starting.logTail()));
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EmbeddedException("Interrupted while the Connect worker started.", e);
      }
    }
  }

  /** The list of connectors is answered by a worker that has joined and read its topics. */
  private boolean isReady() {
    return HttpProbe.isOk(url() + "/connectors");
  }

  private static void requireFolder(Path folder, String what) {
    if (!Files.isDirectory(folder)) {
      throw new EmbeddedException(
          "The folder of %s is missing: %s. Build it with: mvn package -DskipTests"
              .formatted(what, folder));
    }
  }
}

package io.tokenmeter.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker in this process: one KRaft node, controller and broker in one, on loopback.
 *
 * <p>It is Kafka's production server class over a formatted directory, so it can be stopped and
 * started again in place with its data and its port. Topics are never created by accident: {@code
 * auto.create.topics.enable} is off.
 *
 * <p>A given data directory of a process that was killed is taken up again, but the start then
 * takes about ten seconds: the controller waits until the session of the dead broker is over.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final int BIND_ATTEMPTS = 5;

  static {
    // A broker that loses its disk halts its process, as a broker should, but without a word.
    Exit.setHaltProcedure(
        (status, message) -> {
          System.err.printf(
              "The embedded broker cannot go on and ends this process%s. Is the disk full? Its errors are logged under 'kafka' and 'org.apache.kafka'.%n",
              message == null ? "" : " (" + message + ")");
          Runtime.getRuntime().halt(status);
        });
  }

  private final BrokerOptions options;
  private final DataDirectory data;
  private int clientPort;
  private int controllerPort;
  private @Nullable KafkaRaftServer server;
  private boolean closed;

  private EmbeddedBroker(BrokerOptions options) {
    this.options = options;
    this.data = DataDirectory.of(options.dataDirectory());
  }

  /** Starts a broker with a temporary data directory on a free port. */
  public static EmbeddedBroker start() {
    return start(BrokerOptions.defaults());
  }

  /**
   * Starts a broker and returns when it serves clients, about a second later.
   *
   * @throws EmbeddedException if the port is taken or the data directory cannot be used
   */
  public static EmbeddedBroker start(BrokerOptions options) {
    EmbeddedBroker broker = new EmbeddedBroker(options);
    try {
      broker.firstStart();
      return broker;
    } catch (RuntimeException | Error e) {
      broker.close();
      throw e;
    }
  }

  /** The value for {@code bootstrap.servers}; the same before and after a restart. */
  public String bootstrapServers() {
    return LoopbackPorts.HOST + ":" + clientPort;
  }

  public int port() {
    return clientPort;
  }

  public Path dataDirectory() {
    return data.path();
  }

  public synchronized boolean isRunning() {
    return server != null;
  }

  /** Stops the broker as an orderly shutdown does; data and port are kept for a later start. */
  public synchronized void stop() {
    KafkaRaftServer running = server;
    server = null;
    if (running != null) {
      shutDown(running);
    }
  }

  /** Starts a stopped broker again, with the same data on the same port. */
  public synchronized void startAgain() {
    if (closed) {
      throw new IllegalStateException("The embedded broker is closed.");
    }
    if (server == null) {
      LoopbackPorts.requireFree(clientPort, "embedded broker");
      server = launch();
    }
  }

  /** Stops the broker and starts it again in place. */
  public synchronized void restart() {
    stop();
    startAgain();
  }

  /** Stops the broker and deletes its data, unless the directory was given. May be repeated. */
  @Override
  public synchronized void close() {
    closed = true;
    stop();
    data.close();
  }

  private synchronized void firstStart() {
    format();
    if (options.port() != 0) {
      LoopbackPorts.requireFree(options.port(), "embedded broker");
    }
    for (int attempt = 1; ; attempt++) {
      clientPort = options.port() != 0 ? options.port() : LoopbackPorts.findFree();
      do {
        controllerPort = LoopbackPorts.findFree();
      } while (controllerPort == clientPort);
      try {
        server = launch();
        return;
      } catch (EmbeddedException e) {
        // Between looking for a free port and binding it, another process may have taken it.
        if (attempt == BIND_ATTEMPTS || !isBindFailure(e)) {
          throw e;
        }
      }
    }
  }

  private KafkaRaftServer launch() {
    KafkaRaftServer starting = null;
    try {
      KafkaConfig config =
          new KafkaConfig(
              BrokerSettings.of(data.path(), clientPort, controllerPort, options.settings()));
      starting = new KafkaRaftServer(config, Time.SYSTEM);
      starting.startup();
      return starting;
    } catch (Exception e) {
      if (starting != null) {
        shutDown(starting);
      }
      throw new EmbeddedException(
          "The embedded broker could not start on port %d with its data in %s: %s"
              .formatted(clientPort, data.path(), e.getMessage()),
          e);
    }
  }

  private static void shutDown(KafkaRaftServer running) {
    try {
      running.shutdown();
      running.awaitShutdown();
    } catch (RuntimeException e) {
      log.warn("The embedded broker did not shut down cleanly.", e);
    }
  }

  /** Prepares the directory as {@code kafka-storage.sh format} does, once in its life. */
  private void format() {
    Path directory = data.path();
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(directory);
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(BrokerSettings.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(List.of(directory.toString()))
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    } catch (Exception e) {
      throw new EmbeddedException(
          "Cannot use %s as the data directory of the embedded broker: %s"
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  private static boolean isBindFailure(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }
}

package io.tokenmeter.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * A real Apicurio Registry server as a child process, on loopback.
 *
 * <p>It serves its own API ({@link #url()}) and Confluent's ({@link #confluentUrl()}) over the same
 * schemas. The server keeps them in an H2 file, so that it can be stopped and started again on the
 * same port with the same schema ids, as a registry that is down for a while would come back.
 */
public final class EmbeddedRegistry implements AutoCloseable {

  private static final int START_ATTEMPTS = 3;
  private static final int POLL_MILLIS = 25;

  private final RegistryOptions options;
  private final DataDirectory data;
  private final Path runnerJar;
  private int port;
  private @Nullable ChildJvm server;
  private boolean closed;

  private EmbeddedRegistry(RegistryOptions options) {
    this.options = options;
    this.runnerJar = RegistryDistribution.runnerJar(options.progress());
    this.data = DataDirectory.of(options.dataDirectory());
  }

  /** Starts a registry with temporary storage on a free port. */
  public static EmbeddedRegistry start() {
    return start(RegistryOptions.defaults());
  }

  /**
   * Starts a registry and returns when it answers, two to four seconds later.
   *
   * @throws EmbeddedException if the server cannot be obtained, the port is taken, or the server
   *     does not come up; the message holds the end of its log
   */
  public static EmbeddedRegistry start(RegistryOptions options) {
    EmbeddedRegistry registry = new EmbeddedRegistry(options);
    try {
      registry.firstStart();
      return registry;
    } catch (RuntimeException | Error e) {
      registry.close();
      throw e;
    }
  }

  /** The address of the registry's own API, for {@code apicurio.registry.url}. */
  public String url() {
    return address() + "/apis/registry/v3";
  }

  /** The address of the Confluent-compatible API, for {@code schema.registry.url}. */
  public String confluentUrl() {
    return address() + "/apis/ccompat/v7";
  }

  public int port() {
    return port;
  }

  /** The process id of the server. */
  public synchronized long pid() {
    return running().pid();
  }

  public synchronized boolean isRunning() {
    return server != null && server.isAlive();
  }

  /** Whether the server answers now. */
  public boolean isHealthy() {
    return HttpProbe.isOk(url() + "/system/info");
  }

  /** Stops the server: connections are refused until {@link #startAgain()}. */
  public synchronized void stop() {
    ChildJvm stopping = server;
    server = null;
    if (stopping != null) {
      stopping.stop();
    }
  }

  /** Starts a stopped server again on the same port, with the same schemas and ids. */
  public synchronized void startAgain() {
    if (closed) {
      throw new IllegalStateException("The embedded registry is closed.");
    }
    if (server == null) {
      LoopbackPorts.requireFree(port, "embedded schema registry");
      launch();
    }
  }

  /** Stops the server and starts it again in place. */
  public synchronized void restart() {
    stop();
    startAgain();
  }

  /**
   * Freezes the server without stopping it: connections stay open and requests get no answer, as
   * from a registry that hangs. If this process is killed meanwhile, the server stays behind.
   */
  public synchronized void suspend() {
    running().suspend();
  }

  /** Lets a suspended server go on. */
  public synchronized void resume() {
    running().resume();
  }

  /** Stops the server and deletes its data, unless the directory was given. May be repeated. */
  @Override
  public synchronized void close() {
    closed = true;
    stop();
    data.close();
  }

  private synchronized void firstStart() {
    if (options.port() != 0) {
      LoopbackPorts.requireFree(options.port(), "embedded schema registry");
    }
    for (int attempt = 1; ; attempt++) {
      port = options.port() != 0 ? options.port() : LoopbackPorts.findFree();
      try {
        launch();
        return;
      } catch (EmbeddedException e) {
        // Between looking for a free port and binding it, another process may have taken it.
        if (attempt == START_ATTEMPTS || options.port() != 0 || LoopbackPorts.isFree(port)) {
          throw e;
        }
      }
    }
  }

  private void launch() {
    try {
      server =
          ChildJvm.start(
              data.path(),
              "registry",
              new ChildJvm.Program(
                  List.of(
                      "-Xmx256m",
                      "-XX:TieredStopAtLevel=1",
                      "-XX:+UseSerialGC",
                      "-Dquarkus.http.host=" + LoopbackPorts.HOST,
                      "-Dquarkus.http.port=" + port,
                      "-Dquarkus.http.access-log.enabled=false",
                      "-Dquarkus.banner.enabled=false",
                      "-Dapicurio.datasource.url=jdbc:h2:file:" + data.path().resolve("schemas"),
                      "-Dapicurio.datasource.jdbc.initial-size=2",
                      "-Dapicurio.datasource.jdbc.min-size=2"),
                  runnerJar.toString(),
                  mainClass()));
    } catch (IOException e) {
      throw new EmbeddedException(
          "Cannot start the schema registry server in %s.".formatted(data.path()), e);
    }
    awaitReady(running());
  }

  private void awaitReady(ChildJvm starting) {
    long deadline = System.nanoTime() + options.startTimeout().toNanos();
    while (!isHealthy()) {
      if (!starting.isAlive()) {
        throw failed(starting, "ended while starting");
      }
      if (System.nanoTime() > deadline) {
        throw failed(
            starting,
            "did not answer within %d seconds".formatted(options.startTimeout().toSeconds()));
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failed(starting, "was interrupted while starting");
      }
    }
    if (!starting.isAlive()) {
      // Something else answers on this port.
      throw failed(starting, "ended while starting");
    }
  }

  private EmbeddedException failed(ChildJvm starting, String how) {
    String tail = starting.logTail();
    stop();
    return new EmbeddedException(
        "The schema registry server on port %d %s. The end of its log:%n%s"
            .formatted(port, how, tail));
  }

  private ChildJvm running() {
    if (server == null) {
      throw new IllegalStateException("The embedded registry is not running.");
    }
    return server;
  }

  private String mainClass() throws IOException {
    try (JarFile jar = new JarFile(runnerJar.toFile())) {
      return jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    }
  }

  private String address() {
    return "http://" + LoopbackPorts.HOST + ":" + port;
  }
}

package io.tokenmeter.cli.cluster;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.StopSignal;
import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.TokenmeterConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;

/**
 * The application in this process for as long as a command takes, with local state of its own that
 * is deleted afterwards. Nothing is lost with it: the state is in the changelogs.
 */
public final class LocalApplication implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(200);

  static {
    RegistryLog.quiet();
  }

  private final TokenmeterApplication application;
  private final Path state;
  private boolean closed;

  private LocalApplication(TokenmeterApplication application, Path state) {
    this.application = application;
    this.state = state;
  }

  /**
   * Starts the application with these settings, but with temporary state and no port for metrics.
   *
   * @throws CommandFailedException if it does not come up, or the user does not want to wait for it
   */
  public static LocalApplication start(Map<String, String> settings, StopSignal stop)
      throws InterruptedException {
    Path state = temporaryDirectory();
    Map<String, String> own = new TreeMap<>(settings);
    own.put(TokenmeterConfig.STATE_DIR, state.toString());
    own.put(TokenmeterConfig.HTTP_LISTEN, "");
    // Somebody is waiting or watching.
    own.put(TokenmeterConfig.ROLLUP_EMIT_INTERVAL_MS, "0");
    LocalApplication local =
        new LocalApplication(new TokenmeterApplication(new TokenmeterConfig(own)), state);
    try {
      local.application.start();
      local.awaitRunning(stop);
      return local;
    } catch (InterruptedException | RuntimeException e) {
      local.close();
      throw e;
    }
  }

  private void awaitRunning(StopSignal stop) throws InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (!application.awaitRunning(LOOK)) {
      stop.requireNone("while the application started");
      requireAlive();
      if (System.nanoTime() > end) {
        throw new CommandFailedException(
            "the application did not start within " + START.toMinutes() + " minutes");
      }
    }
  }

  /**
   * Fails if the application has stopped by itself.
   *
   * @throws CommandFailedException with the reason
   */
  public void requireAlive() throws InterruptedException {
    State now = application.state();
    if (now == State.ERROR || now == State.NOT_RUNNING) {
      Throwable failure = application.awaitStop();
      CommandFailedException stopped =
          new CommandFailedException(
              "the application stopped: " + (failure == null ? now : failure));
      if (failure != null) {
        stopped.initCause(failure);
      }
      throw stopped;
    }
  }

  /**
   * What one of the application's counters stands at, over all its tags.
   *
   * @param name the name in Prometheus' format, such as tokenmeter_drop_duplicates_total
   */
  public long counter(String name) {
    return PrometheusText.sum(application.metrics(), name);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      application.closeAndLeave();
      delete(state);
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("tokenmeter-state-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a temporary directory", e);
    }
  }

  private static void delete(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // What is left lies in the system's temporary directory, which is emptied by others.
    }
  }
}

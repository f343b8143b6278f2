package io.tokenmeter.streams.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The application in a JVM of its own, to be killed. It ends at the latest when this JVM does. */
public final class ApplicationProcess implements AutoCloseable {
  private static final int TAIL_LINES = 40;

  private final Process process;
  private final Path log;

  private ApplicationProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static ApplicationProcess start(Map<String, String> settings, Path directory) {
    Path log = directory.resolve("application.log");
    Path file = directory.resolve("application.properties");
    try {
      Properties properties = new Properties();
      properties.putAll(settings);
      try (Writer out = Files.newBufferedWriter(file)) {
        properties.store(out, null);
      }
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx384m",
                  "-XX:+UseSerialGC",
                  // It never lives long enough to earn the full compiler.
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  ApplicationMain.class.getName(),
                  file.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return new ApplicationProcess(process, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it is still there. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops it in good order. */
  public void stop() {
    try {
      process.getOutputStream().close();
      process.waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The end of what it logged, all its lives together. */
  public String logTail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  @Override
  public void close() {
    kill();
  }
}

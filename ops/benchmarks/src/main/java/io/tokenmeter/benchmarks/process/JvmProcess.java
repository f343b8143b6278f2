package io.tokenmeter.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a class of this class path in a JVM of its own, with its log in a file. */
public final class JvmProcess {
  private static final String LOGGING =
      "-Dlogback.configurationFile=io/tokenmeter/benchmarks/child-logback.xml";
  private static final int TAIL_LINES = 30;

  private JvmProcess() {}

  /** Standard error goes to the log file; standard input and output stay with this process. */
  public static Process start(
      Class<?> main, List<String> jvmOptions, Path log, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(LOGGING);
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command).redirectError(log.toFile()).start();
    } catch (IOException e) {
      throw new IllegalStateException("Cannot start a JVM for " + main.getSimpleName(), e);
    }
  }

  /** The last lines of a log, for an error message. */
  public static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }
}

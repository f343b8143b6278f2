package io.tokenmeter.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Java program run as a child process that cannot outlive this process.
 *
 * <p>The child watches its standard input ({@link StopWithParent}): the pipe closes when {@link
 * #stop()} closes it and also when this process ends in whatever way. Ctrl-C reaches every process
 * of the terminal's foreground group at once; the child ignores it, so that this process decides
 * the order in which things stop.
 */
final class ChildJvm {

  private static final String IGNORE_TERMINAL_SIGNALS = "trap '' HUP INT QUIT; exec \"$0\" \"$@\"";
  private static final Duration ORDERLY_STOP = Duration.ofSeconds(6);
  private static final int TAIL_LINES = 25;

  private final Process process;
  private final Path log;

  private ChildJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * A program to run.
   *
   * @param jvmArguments options of the JVM, such as -Xmx256m
   * @param classPath the program's class path
   * @param mainClass the class whose main is run
   * @param arguments the arguments of main
   * @param environment environment variables besides this process's own
   */
  record Program(
      List<String> jvmArguments,
      String classPath,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment) {

    Program(List<String> jvmArguments, String classPath, String mainClass) {
      this(jvmArguments, classPath, mainClass, List.of(), Map.of());
    }
  }

  /**
   * Starts a program.
   *
   * @param directory the child's working directory, which also receives its log
   * @param name names the log file
   */
  static ChildJvm start(Path directory, String name, Program program) throws IOException {
    Files.createDirectories(directory);
    Path boot = copyOfStopWithParent(directory.resolve("boot"));
    Path log = directory.resolve(name + ".log");

    List<String> command = new ArrayList<>();
    if (!isWindows()) {
      command.addAll(List.of("/bin/sh", "-c", IGNORE_TERMINAL_SIGNALS));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(program.jvmArguments());
    command.add("-cp");
    command.add(boot + System.getProperty("path.separator") + program.classPath());
    command.add(StopWithParent.class.getName());
    command.add(program.mainClass());
    command.addAll(program.arguments());

    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // Quarkus reads its settings from the environment too; ours must not depend on the user's.
    builder
        .environment()
        .keySet()
        .removeIf(
            key ->
                key.startsWith("QUARKUS_")
                    || key.startsWith("APICURIO_")
                    || key.startsWith("REGISTRY_"));
    builder.environment().putAll(program.environment());
    return new ChildJvm(builder.start(), log);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks the child to exit by closing its standard input, and kills it if it does not. */
  void stop() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // The child is gone already.
    }
    try {
      if (!process.waitFor(ORDERLY_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Kills the child as {@code kill -9} does, and returns when it is gone. */
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Freezes the child: its connections stay open and get no answer. */
  void suspend() {
    signal("-STOP");
  }

  /** Lets a suspended child go on. */
  void resume() {
    signal("-CONT");
  }

  /** The last lines that the child wrote, for an error message. */
  String logTail() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  private void signal(String signal) {
    try {
      Command kill = Command.run(Path.of("/"), List.of("kill", signal, Long.toString(pid())));
      if (kill.failed()) {
        throw new IOException(kill.output());
      }
    } catch (IOException e) {
      throw new EmbeddedException(
          "Cannot send %s to process %d: %s".formatted(signal, pid(), e.getMessage()), e);
    }
  }

  private static Path copyOfStopWithParent(Path boot) throws IOException {
    String file = StopWithParent.class.getName().replace('.', '/') + ".class";
    Path target = boot.resolve(file);
    Files.createDirectories(target.getParent());
    try (InputStream in = StopWithParent.class.getResourceAsStream("StopWithParent.class")) {
      if (in == null) {
        throw new IOException("StopWithParent.class is missing from the class path");
      }
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return boot;
  }

  private static boolean isWindows() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");
  }
}

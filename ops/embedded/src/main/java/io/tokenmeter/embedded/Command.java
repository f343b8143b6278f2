package io.tokenmeter.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that was run to its end.
 *
 * @param exitStatus 0 if all is well
 * @param output what it wrote to standard output and standard error
 */
record Command(int exitStatus, String output) {

  private static final long TIMEOUT_MINUTES = 20;

  boolean failed() {
    return exitStatus != 0;
  }

  /**
   * Runs a program in a directory with no input.
   *
   * @throws IOException if it cannot be started, is interrupted, or takes more than 20 minutes
   */
  static Command run(Path directory, List<String> command) throws IOException {
    // To a file, not a pipe: a pipe that nobody empties would stop the program.
    Path output = Files.createTempFile("tokenmeter-", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
          throw new IOException(
              "%s did not end within %d minutes".formatted(command.get(0), TIMEOUT_MINUTES));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while running " + command.get(0), e);
      } finally {
        process.destroyForcibly();
      }
      return new Command(process.exitValue(), Files.readString(output).strip());
    } finally {
      Files.deleteIfExists(output);
    }
  }
}

package io.tokenmeter.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One run of one rung in a fresh JVM. */
public final class RungProcess {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RungProcess() {}

  /**
   * Runs it to its end.
   *
   * @param directory for the process's files
   * @throws IllegalStateException if the rung fails, with the end of its log
   */
  public static RungResult run(RungRequest request, List<String> jvmOptions, Path directory)
      throws InterruptedException {
    Path log = directory.resolve(request.name() + ".log");
    Path requestFile = directory.resolve(request.name() + ".request.json");
    Path resultFile = directory.resolve(request.name() + ".result.json");
    try {
      JSON.writeValue(requestFile.toFile(), request);
      Process process =
          JvmProcess.start(
              RungMain.class,
              jvmOptions,
              log,
              List.of(requestFile.toString(), resultFile.toString()));
      try {
        int status = process.waitFor();
        if (status != 0) {
          throw new IllegalStateException(
              "%s ended with %d:%n%s".formatted(request.rung().id(), status, JvmProcess.tail(log)));
        }
      } finally {
        process.destroyForcibly();
      }
      return JSON.readValue(resultFile.toFile(), RungResult.class);
    } catch (IOException e) {
      throw new IllegalStateException(request.rung().id() + " left no result", e);
    }
  }
}

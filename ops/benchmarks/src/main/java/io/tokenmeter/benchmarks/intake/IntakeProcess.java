package io.tokenmeter.benchmarks.intake;

import io.tokenmeter.benchmarks.process.BrokerAddresses;
import io.tokenmeter.benchmarks.process.JvmProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The intake in a process of its own, with a bounded heap. */
final class IntakeProcess implements AutoCloseable {
  private final Process process;
  private final String url;

  private IntakeProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Starts it, and returns when it listens. */
  static IntakeProcess start(
      BrokerAddresses addresses, String prefix, int heapMebibytes, Path directory)
      throws IOException {
    Path log = directory.resolve("intake.log");
    Process process =
        JvmProcess.start(
            IntakeMain.class,
            List.of("-Xmx" + heapMebibytes + "m", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"),
            log,
            List.of(
                "bootstrap.servers=" + addresses.bootstrapServers(),
                "registry.url=" + Objects.requireNonNull(addresses.registryUrl()),
                "topic.prefix=" + prefix,
                "intake.listen=127.0.0.1:0",
                "auth.required=false"));
    String url = process.inputReader().readLine();
    if (url == null) {
      throw new IllegalStateException("The intake did not start: " + JvmProcess.tail(log));
    }
    return new IntakeProcess(process, url);
  }

  String url() {
    return url;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** CPU time used so far. */
  Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Most memory the process ever had, heap and all, MiB; 0 where the system does not say. */
  long peakMebibytes() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

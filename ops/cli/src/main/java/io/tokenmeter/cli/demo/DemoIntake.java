package io.tokenmeter.cli.demo;

import io.tokenmeter.intake.IntakeService;
import io.tokenmeter.intake.config.IntakeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/**
 * The demo's way in for the user's own applications: OTLP and the intake's other paths on a local
 * port, without a token.
 */
final class DemoIntake implements AutoCloseable {

  /** Where OpenTelemetry's SDKs send to unless they are told otherwise. */
  private static final int OTLP_PORT = 4318;

  private final IntakeService intake;

  private DemoIntake(IntakeService intake) {
    this.intake = intake;
  }

  /**
   * Starts it, on OTLP's own port if that is free.
   *
   * @param settings of the application
   */
  static DemoIntake start(Map<String, String> settings)
      throws ExecutionException, InterruptedException {
    Map<String, String> own = new TreeMap<>(settings);
    own.put(IntakeConfig.AUTH_REQUIRED, "false");
    own.put(IntakeConfig.LISTEN, "127.0.0.1:" + (isFree(OTLP_PORT) ? OTLP_PORT : 0));
    return new DemoIntake(IntakeService.start(new IntakeConfig(own)));
  }

  /** The one environment variable to set for an application that has OpenTelemetry. */
  String environmentVariable() {
    return "OTEL_EXPORTER_OTLP_ENDPOINT=" + intake.url();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    intake.close();
  }
}

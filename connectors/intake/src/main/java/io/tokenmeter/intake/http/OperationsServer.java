package io.tokenmeter.intake.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenmeter.streams.TokenmeterConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;

/**
 * What operators look at, apart from the port of usage: {@code /metrics} in Prometheus' text
 * format, {@code /health/live} and {@code /health/ready}.
 */
public final class OperationsServer implements AutoCloseable {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;

  private OperationsServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to serve.
   *
   * @param listen host:port; port 0 takes a free one
   * @throws ConfigException if the address cannot be used
   */
  public static OperationsServer start(
      String listen, Supplier<String> metrics, BooleanSupplier live, BooleanSupplier ready) {
    var address = ListenAddress.parse(TokenmeterConfig.HTTP_LISTEN, listen);
    try {
      HttpServer server = HttpServer.create(address, 0);
      server.createContext("/metrics", e -> answer(e, 200, metrics.get()));
      server.createContext("/health/live", e -> health(e, live));
      server.createContext("/health/ready", e -> health(e, ready));
      server.start();
      return new OperationsServer(server);
    } catch (IOException e) {
      throw ListenAddress.inUse(TokenmeterConfig.HTTP_LISTEN, listen);
    }
  }

  /** The port that is served. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void health(HttpExchange exchange, BooleanSupplier well) throws IOException {
    boolean yes = well.getAsBoolean();
    answer(exchange, yes ? 200 : 503, yes ? "ok\n" : "not ok\n");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", PROMETHEUS);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

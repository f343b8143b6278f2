package io.tokenmeter.streams;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenmeter.streams.run.RunQueries;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.UnknownStateStoreException;

/**
 * What operators look at, over HTTP: {@code /metrics} in Prometheus' text format, {@code
 * /health/live} (the process works or can still recover) and {@code /health/ready} (events are
 * being processed).
 */
final class OperationsServer implements AutoCloseable {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json; charset=utf-8";
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
  static OperationsServer start(String listen, TokenmeterApplication application) {
    InetSocketAddress address = address(listen);
    try {
      HttpServer server = HttpServer.create(address, 0);
      server.createContext("/metrics", e -> answer(e, 200, PROMETHEUS, application.metrics()));
      server.createContext("/health/live", e -> health(e, !application.hasFailed(), application));
      server.createContext("/health/ready", e -> health(e, application.isRunning(), application));
      server.createContext(RunQueries.PATH, e -> run(e, application.runQueries()));
      // Two instances that ask each other must not wait for each other.
      server.setExecutor(Executors.newCachedThreadPool(OperationsServer::daemon));
      server.start();
      return new OperationsServer(server);
    } catch (BindException e) {
      throw new ConfigException(
          TokenmeterConfig.HTTP_LISTEN,
          listen,
          "the address is in use or not of this machine; choose another, or leave it empty");
    } catch (IOException e) {
      throw new ConfigException(TokenmeterConfig.HTTP_LISTEN, listen, e.getMessage());
    }
  }

  /** The port that is served. */
  int port() {
    return server.getAddress().getPort();
  }

  private static InetSocketAddress address(String listen) {
    int colon = listen.lastIndexOf(':');
    try {
      int port = Integer.parseInt(listen.substring(colon + 1));
      return new InetSocketAddress(listen.substring(0, Math.max(colon, 0)), port);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          TokenmeterConfig.HTTP_LISTEN, listen, "must be host:port, such as 127.0.0.1:9464");
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "http");
    thread.setDaemon(true);
    return thread;
  }

  private static void run(HttpExchange exchange, RunQueries runs) throws IOException {
    String id = exchange.getRequestURI().getPath().substring(RunQueries.PATH.length());
    boolean forwarded = exchange.getRequestHeaders().containsKey(RunQueries.FORWARDED);
    try {
      String run = runs.run(id, forwarded);
      answer(
          exchange,
          run == null ? 404 : 200,
          run == null ? TEXT : JSON,
          run == null ? "no run " + id + "; it is there a second after its first event\n" : run);
    } catch (UnknownStateStoreException e) {
      answer(exchange, 404, TEXT, "runs are not followed here: runs.enabled is false\n");
    } catch (InvalidStateStoreException e) {
      answer(exchange, 503, TEXT, "starting, or being rebalanced; ask again\n");
    }
  }

  private static void health(HttpExchange exchange, boolean ok, TokenmeterApplication application)
      throws IOException {
    answer(exchange, ok ? 200 : 503, TEXT, application.state() + "\n");
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package io.tokenmeter.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A receiver that misbehaves as it is told, and notes what it took. */
final class FakeReceiver implements AutoCloseable {

  static {
    // Else each answer on a kept connection waits 40 ms for the client's acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** A request that was answered 2xx. */
  record Taken(String key, String body, String signature) {}

  /** What the next request gets. */
  record Behaviour(int status, String body, String retryAfter, long delayMillis, boolean cutOff) {
    static Behaviour status(int status) {
      return new Behaviour(status, "said no", null, 0, false);
    }
  }

  private final List<Taken> taken = new ArrayList<>();
  private final Queue<Behaviour> behaviours = new ArrayDeque<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private int port;
  private int requests;

  FakeReceiver() {
    start();
  }

  String url() {
    return "http://127.0.0.1:" + port + "/hook/SECRETPATH";
  }

  /** Comes back at the address it had. */
  void start() {
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port = server.getAddress().getPort();
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Is gone: connections are refused. */
  void disappear() {
    server.stop(0);
  }

  synchronized void next(Behaviour... next) {
    behaviours.addAll(List.of(next));
  }

  synchronized int requests() {
    return requests;
  }

  synchronized List<Taken> taken() {
    return List.copyOf(taken);
  }

  synchronized List<String> keys() {
    return taken.stream().map(Taken::key).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    String signature = exchange.getRequestHeaders().getFirst("Tokenmeter-Signature");
    Behaviour behaviour;
    synchronized (this) {
      requests++;
      behaviour = behaviours.isEmpty() ? Behaviour.status(202) : behaviours.remove();
      if (behaviour.status() < 300) {
        taken.add(new Taken(key, body, signature));
      }
    }
    pause(behaviour.delayMillis());
    if (behaviour.cutOff()) {
      exchange.close();
      return;
    }
    if (behaviour.retryAfter() != null) {
      exchange.getResponseHeaders().set("Retry-After", behaviour.retryAfter());
    }
    byte[] answer = behaviour.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(behaviour.status(), answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

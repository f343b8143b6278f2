package io.tokenmeter.connect.avro;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server that answers as a schema registry does, or as it fails. */
final class FakeRegistry implements AutoCloseable {

  private record Answer(int status, String body) {}

  /** The requests so far: their path and their Authorization header. */
  final List<String> requests = new ArrayList<>();

  private final Map<String, Answer> answers = new HashMap<>();
  private final HttpServer server;

  FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          requests.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
          Answer answer = answers.getOrDefault(path, new Answer(404, "{\"error_code\":40403}"));
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/apis/ccompat/v7";
  }

  void has(int id, String schema) throws IOException {
    answers(id, 200, new ObjectMapper().writeValueAsString(Map.of("schema", schema)));
  }

  void answers(int id, int status, String body) {
    answers.put("/apis/ccompat/v7/schemas/ids/" + id, new Answer(status, body));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

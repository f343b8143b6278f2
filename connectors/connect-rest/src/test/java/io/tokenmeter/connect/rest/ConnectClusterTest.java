package io.tokenmeter.connect.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectClusterTest {

  private record Answer(int status, String body) {}

  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private HttpServer server;
  private ConnectCluster cluster;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
          authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          Answer answer = answers.isEmpty() ? new Answer(204, "") : answers.remove();
          byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    cluster = new ConnectCluster("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void installing_duringARebalance_isTriedAgain() throws Exception {
    answers.add(new Answer(409, "{\"message\":\"rebalance in progress\"}"));

    cluster.install("costs to db", Map.of("topics", "costs"));

    assertThat(requests)
        .hasSize(2)
        .allMatch(r -> r.equals("PUT /connectors/costs%20to%20db/config {\"topics\":\"costs\"}"));
  }

  @Test
  void credentialsOfTheAddress_areSentAndNeverSaid() throws Exception {
    String host = "127.0.0.1:" + server.getAddress().getPort();
    ConnectCluster secured = new ConnectCluster("http://ops:s3c+ret%40@" + host);

    secured.install("costs", Map.of());
    // ops:s3c+ret@
    assertThat(authorizations).containsExactly("Basic b3BzOnMzYytyZXRA");

    server.stop(0);
    assertThatThrownBy(() -> secured.install("costs", Map.of()))
        .hasMessageStartingWith("no Connect worker answers at http://" + host);
  }

  @Test
  void refusal_isSaidInConnectsOwnWords() {
    answers.add(new Answer(400, "{\"error_code\":400,\"message\":\"Missing topics\"}"));

    assertThatThrownBy(() -> cluster.install("costs", Map.of()))
        .isInstanceOf(ConnectFailedException.class)
        .hasMessage("Connect answered 400 to PUT /connectors/costs/config: Missing topics");
  }

  @Test
  void readingAgain_isStopResetAndResume() throws Exception {
    cluster.stop("costs");
    cluster.resetOffsets("costs");
    cluster.resume("costs");

    assertThat(requests)
        .containsExactly(
            "PUT /connectors/costs/stop ",
            "DELETE /connectors/costs/offsets ",
            "PUT /connectors/costs/resume ");
  }

  @Test
  void status_isRunningOnlyWhereEveryTaskRuns() throws Exception {
    answers.add(status("RUNNING", "[{\"state\":\"RUNNING\"},{\"state\":\"RUNNING\"}]"));
    answers.add(status("RUNNING", "[]"));
    answers.add(status("RUNNING", "[{\"state\":\"FAILED\",\"trace\":\"no table\"}]"));

    assertThat(cluster.status("costs").isRunning()).isTrue();
    assertThat(cluster.status("costs").isRunning()).isFalse();
    ConnectorStatus failed = cluster.status("costs");
    assertThat(failed.isRunning()).isFalse();
    assertThat(failed.failures()).containsExactly("no table");
  }

  private static Answer status(String connector, String tasks) {
    return new Answer(
        200, "{\"connector\":{\"state\":\"%s\"},\"tasks\":%s}".formatted(connector, tasks));
  }
}

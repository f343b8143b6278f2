package io.tokenmeter.streams.endtoend;

import static io.tokenmeter.streams.cluster.Deployment.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.streams.TokenmeterApplication;
import io.tokenmeter.streams.cluster.Cluster;
import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.cluster.UsageProducer;
import io.tokenmeter.streams.fixture.Usage;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two instances that share the runs, asked over HTTP. */
class RunQueriesTest {
  private static final int RUNS = 8;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void everyRun_isAnsweredByBothInstances_whicheverHasIt() throws Exception {
    int one = freePort();
    int two = freePort();
    try (Deployment deployment = new Deployment(Cluster.shared(), "run-queries", 4);
        UsageProducer producer = new UsageProducer(deployment);
        TokenmeterApplication first = deployment.with("http.listen", "127.0.0.1:" + one).start();
        TokenmeterApplication second = deployment.with("http.listen", "127.0.0.1:" + two).start()) {
      producer.publish(Usage.GPT_4O);
      for (int run = 0; run < RUNS; run++) {
        for (int step = 1; step <= 5; step++) {
          producer.send(
              Usage.request("query-" + run + "-" + step)
                  .setRunId("run/größe " + run)
                  .setStepId("s" + step)
                  .setInputTokens(3000L)
                  .setOutputTokens(200L)
                  .build());
        }
      }
      producer.flush();
      assertThat(first.operationsPort()).isEqualTo(one);
      assertThat(second.operationsPort()).isEqualTo(two);
      for (int run = 0; run < RUNS; run++) {
        for (int port : new int[] {one, two}) {
          JsonNode answer = awaitFiveSteps(port, run);
          assertThat(answer.get("run_id").asText()).isEqualTo("run/größe " + run);
          assertThat(answer.get("cost_usd").asText()).isEqualTo("0.0475");
          assertThat(answer.get("by_model").get(0).get("name").asText()).isEqualTo("gpt-4o");
        }
      }
      assertThat(ask(one, "unknown").statusCode()).isEqualTo(404);
    }
  }

  private JsonNode awaitFiveSteps(int port, int run) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    HttpResponse<String> response = ask(port, "run%2Fgr%C3%B6%C3%9Fe%20" + run);
    while (response.statusCode() != 200 || !response.body().contains("\"steps\":5,")) {
      assertThat(System.nanoTime()).as(response.statusCode() + response.body()).isLessThan(end);
      Thread.sleep(200);
      response = ask(port, "run%2Fgr%C3%B6%C3%9Fe%20" + run);
    }
    return new ObjectMapper().readTree(response.body());
  }

  private HttpResponse<String> ask(int port, String encodedId) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/runs/" + encodedId);
    return http.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}

package io.tokenmeter.connect.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka Connect cluster, seen through its REST API
 * (https://kafka.apache.org/documentation/#connect_rest).
 */
public final class ConnectCluster {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int CONFLICT = 409;
  private static final int REBALANCE_PAUSE_MILLIS = 500;
  private static final int REBALANCE_ATTEMPTS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern WITH_CREDENTIALS = Pattern.compile("(https?://)([^/@]+)@(.*)");

  private final String url;
  private final @Nullable String authorization;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /**
   * The cluster that has a worker at this address.
   *
   * @param url such as http://localhost:8083; with USER:PASSWORD@ before the host for HTTP basic
   *     authentication, which no message repeats
   */
  public ConnectCluster(String url) {
    String address = url.replaceAll("/+$", "");
    Matcher credentials = WITH_CREDENTIALS.matcher(address);
    if (credentials.matches()) {
      this.url = credentials.group(1) + credentials.group(3);
      byte[] userInfo =
          URLDecoder.decode(credentials.group(2).replace("+", "%2B"), StandardCharsets.UTF_8)
              .getBytes(StandardCharsets.UTF_8);
      authorization = "Basic " + Base64.getEncoder().encodeToString(userInfo);
    } else {
      this.url = address;
      authorization = null;
    }
  }

  /**
   * Creates a connector, or gives an existing one this configuration.
   *
   * @throws ConnectFailedException if Connect refuses it, or does not answer
   */
  public void install(String name, Map<String, String> configuration) throws InterruptedException {
    try {
      String body = JSON.writeValueAsString(configuration);
      send("PUT", path(name) + "/config", BodyPublishers.ofString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** What a connector is doing. */
  public ConnectorStatus status(String name) throws InterruptedException {
    return ConnectorStatus.of(send("GET", path(name) + "/status", BodyPublishers.noBody()));
  }

  /** Ends a connector's tasks but keeps its configuration and its offsets. */
  public void stop(String name) throws InterruptedException {
    send("PUT", path(name) + "/stop", BodyPublishers.noBody());
  }

  /** Starts a stopped connector's tasks again. */
  public void resume(String name) throws InterruptedException {
    send("PUT", path(name) + "/resume", BodyPublishers.noBody());
  }

  /** Makes a stopped sink read its topics from the beginning. */
  public void resetOffsets(String name) throws InterruptedException {
    send("DELETE", path(name) + "/offsets", BodyPublishers.noBody());
  }

  private static String path(String name) {
    return "/connectors/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Sends again while the cluster rebalances, which it answers with a conflict. */
  private JsonNode send(String method, String path, BodyPublisher body)
      throws InterruptedException {
    HttpRequest request = request(method, path, body);
    for (int attempt = 1; ; attempt++) {
      HttpResponse<String> response = exchange(request);
      if (response.statusCode() != CONFLICT || attempt == REBALANCE_ATTEMPTS) {
        return answer(request, response);
      }
      Thread.sleep(REBALANCE_PAUSE_MILLIS);
    }
  }

  private HttpRequest request(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .method(method, body);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request.build();
  }

  private HttpResponse<String> exchange(HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ConnectFailedException(
          "no Connect worker answers at %s (%s)".formatted(url, e.getClass().getSimpleName()), e);
    }
  }

  private static JsonNode answer(HttpRequest request, HttpResponse<String> response) {
    JsonNode body = json(response.body());
    if (response.statusCode() / 100 != 2) {
      throw new ConnectFailedException(
          "Connect answered %d to %s %s: %s"
              .formatted(
                  response.statusCode(),
                  request.method(),
                  request.uri().getPath(),
                  body.path("message").asText(response.body())));
    }
    return body;
  }

  private static JsonNode json(String body) {
    try {
      return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}

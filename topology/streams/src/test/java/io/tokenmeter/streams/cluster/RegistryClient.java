package io.tokenmeter.streams.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/** The schema registry through Confluent's API and the JDK alone: none of the code under test. */
public final class RegistryClient {
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();
  private final Map<Integer, Optional<Schema>> schemas = new HashMap<>();
  private final String url;

  /** A client of the registry at the given address of Confluent's API. */
  public RegistryClient(String url) {
    this.url = url;
  }

  /** Registers a schema for the values of a topic and returns its id. */
  public int register(String topic, Schema schema) {
    try {
      String body = json.writeValueAsString(Map.of("schema", schema.toString()));
      HttpRequest request =
          request("/subjects/" + topic + "-value/versions")
              .header("Content-Type", CONTENT_TYPE)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      return answer(request).orElseThrow().get("id").asInt();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema of an id; empty if the registry does not know it. Asks once for each id. */
  public Optional<Schema> schema(int id) {
    return schemas.computeIfAbsent(
        id,
        unseen ->
            answer(request("/schemas/ids/" + id).build())
                .map(answer -> new Schema.Parser().parse(answer.get("schema").asText())));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(10));
  }

  private Optional<JsonNode> answer(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 404) {
        return Optional.empty();
      }
      if (response.statusCode() != 200) {
        throw new IllegalStateException(request.uri() + " answered " + response.body());
      }
      return Optional.of(json.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.tokenmeter.connect.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches schemas from the Confluent-compatible API of a schema registry. */
final class RegistrySchemas {

  /** Source: Confluent, "Schema Registry API Reference", GET /schemas/ids/{id}. */
  private static final int UNKNOWN_SCHEMA = 40403;

  private static final Logger log = LoggerFactory.getLogger(RegistrySchemas.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ConverterSettings settings;
  private final HttpClient client;

  RegistrySchemas(ConverterSettings settings) {
    this.settings = settings;
    this.client = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
  }

  /**
   * Fetches a schema from the first address that answers.
   *
   * @throws DataException if the registry does not know the id, or knows it as something else than
   *     Avro
   * @throws RetriableException if no record is to blame: no address answers, all are overloaded or
   *     broken, refuse the credentials, or are not the registry's API. Connect tolerates any other
   *     exception here, and would drop every record of the topic. It does not log what it tries
   *     again, so this does.
   */
  Schema byId(int id) {
    RetriableException failure = null;
    for (URI address : settings.addresses()) {
      try {
        return schema(id, fetch(id, address));
      } catch (RetriableException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    if (failure != null) {
      log.warn("{} Waiting, as long as errors.retry.timeout allows.", failure.getMessage());
    }
    throw failure == null ? new RetriableException("No schema registry is configured.") : failure;
  }

  private String fetch(int id, URI address) {
    HttpResponse<String> response;
    try {
      response = client.send(request(id, address), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new RetriableException(
          "The schema registry at %s does not answer (%s); asked for schema %d."
              .formatted(address, e, id),
          e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
    int status = response.statusCode();
    if (status == 200) {
      return response.body();
    }
    String answer =
        "The schema registry at %s answered %d to schema %d".formatted(address, status, id);
    if (status == 404 && isUnknownSchema(response.body())) {
      throw new DataException(answer + ": it does not know it.");
    }
    if (status == 404) {
      throw new RetriableException(
          answer
              + ": that is not the Confluent-compatible API, whose path is /apis/ccompat/v7 at"
              + " Apicurio's registry; check "
              + ConverterSettings.URL
              + ".");
    }
    if (status == 401 || status == 403) {
      throw new RetriableException(answer + ": check " + ConverterSettings.USER_INFO + ".");
    }
    throw new RetriableException(answer + ".");
  }

  /** Any server answers 404 to a wrong path; the registry has a code of its own for the schema. */
  private static boolean isUnknownSchema(String answer) {
    try {
      return JSON.readTree(answer).path("error_code").asInt() == UNKNOWN_SCHEMA;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private HttpRequest request(int id, URI address) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + "/schemas/ids/" + Integer.toUnsignedString(id)))
            .timeout(settings.timeout())
            .header("Accept", "application/vnd.schemaregistry.v1+json, application/json");
    @Nullable String authorization = settings.authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return request.GET().build();
  }

  private static Schema schema(int id, String answer) {
    JsonNode node;
    try {
      node = JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      // A page of a proxy, not the registry's answer.
      throw new RetriableException(
          "The schema registry's answer for schema %d is not JSON.".formatted(id), e);
    }
    String type = node.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO") || !node.path("schema").isTextual()) {
      throw new DataException("Schema %d is not an Avro schema but %s.".formatted(id, type));
    }
    try {
      return new Schema.Parser().parse(node.path("schema").asText());
    } catch (RuntimeException e) {
      throw new DataException(
          "Schema %d of the registry cannot be parsed: %s".formatted(id, e.getMessage()), e);
    }
  }
}

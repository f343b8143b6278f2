package io.tokenmeter.warehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of one sink, as Connect's REST API takes it. What differs from one deployment
 * to the next, such as addresses and passwords, are references to the worker's environment.
 *
 * @param name the connector's name
 * @param config its settings
 */
public record SinkConnector(String name, Map<String, String> config) {

  private static final String DEFAULT_PREFIX = "tokenmeter.";
  private static final ObjectMapper JSON = new ObjectMapper();

  public SinkConnector {
    config = Map.copyOf(config);
  }

  /**
   * The sinks of one kind of warehouse, one for each topic.
   *
   * @param topicPrefix the prefix of the topics, setting topic.prefix of the application
   */
  public static List<SinkConnector> all(SinkKind kind, String topicPrefix) {
    return kind.topics().stream()
        .map(topic -> load("connectors/" + kind.folder() + "/" + topic + ".json"))
        .map(connector -> connector.reading(topicPrefix))
        .toList();
  }

  private SinkConnector reading(String topicPrefix) {
    Map<String, String> changed = new TreeMap<>(config);
    changed.computeIfPresent(
        "topics", (key, topic) -> topicPrefix + topic.substring(DEFAULT_PREFIX.length()));
    return new SinkConnector(name, changed);
  }

  private static SinkConnector load(String resource) {
    try {
      JsonNode file = JSON.readTree(WarehouseScript.resource(resource));
      return new SinkConnector(
          file.path("name").asText(),
          JSON.convertValue(file.path("config"), new TypeReference<Map<String, String>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(resource + " is not JSON", e);
    }
  }
}

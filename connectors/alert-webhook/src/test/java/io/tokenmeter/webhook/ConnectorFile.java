package io.tokenmeter.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A connector's configuration as it is documented. */
record ConnectorFile(String name, Map<String, String> config) {

  static ConnectorFile read(String format) throws IOException {
    JsonNode file = new ObjectMapper().readTree(Path.of("connectors", format + ".json").toFile());
    Map<String, String> config = new TreeMap<>();
    file.path("config").properties().forEach(e -> config.put(e.getKey(), e.getValue().asText()));
    return new ConnectorFile(file.path("name").asText(), config);
  }
}

package io.tokenmeter.cli;

import io.tokenmeter.embedded.EmbeddedEnvironment;
import java.util.Map;
import java.util.TreeMap;

/** The application's settings for an embedded environment. */
final class EmbeddedSettings {

  private EmbeddedSettings() {}

  static Map<String, String> of(EmbeddedEnvironment environment) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap.servers", environment.bootstrapServers());
    settings.put("registry.url", environment.registryUrl());
    return settings;
  }
}

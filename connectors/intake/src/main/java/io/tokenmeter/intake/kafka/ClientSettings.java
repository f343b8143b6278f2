package io.tokenmeter.intake.kafka;

import io.tokenmeter.intake.config.IntakeConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the user passes through to a Kafka client: {@code streams.*} that the client knows, such as
 * security settings, and over them its own, such as {@code producer.*}.
 */
final class ClientSettings {
  private ClientSettings() {}

  /**
   * @param prefix the client's own, such as {@code producer.}
   * @param known names of the client's settings
   */
  static Map<String, Object> of(IntakeConfig config, String prefix, Set<String> known) {
    Map<String, Object> settings = new HashMap<>();
    config
        .originalsWithPrefix("streams.")
        .forEach(
            (name, value) -> {
              if (known.contains(name)) {
                settings.put(name, value);
              }
            });
    settings.putAll(config.originalsWithPrefix(prefix));
    return settings;
  }
}

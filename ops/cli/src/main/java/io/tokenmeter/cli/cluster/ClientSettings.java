package io.tokenmeter.cli.cluster;

import io.tokenmeter.streams.TokenmeterConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Settings of a client of the cluster: what is passed through to all clients under {@code streams.}
 * as far as it means something to this one, and over it what is passed through to it alone.
 */
final class ClientSettings {

  private ClientSettings() {}

  /**
   * The settings.
   *
   * @param prefix the prefix of the client's own settings, such as {@code producer.}
   * @param known the settings that the client has
   */
  static Map<String, Object> of(TokenmeterConfig config, String prefix, Set<String> known) {
    Map<String, Object> settings = new HashMap<>();
    config
        .passedThrough("streams.")
        .forEach(
            (name, value) -> {
              String plain = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
              if (known.contains(plain)) {
                settings.put(plain, value);
              }
            });
    settings.putAll(config.passedThrough(prefix));
    settings.put(
        TokenmeterConfig.BOOTSTRAP_SERVERS, config.getList(TokenmeterConfig.BOOTSTRAP_SERVERS));
    return settings;
  }
}

package io.tokenmeter.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an embedded Connect worker is made of.
 *
 * @param bootstrapServers the broker
 * @param libraries the folder with the worker's own jars; in this project
 *     connectors/connect-worker/target/libraries
 * @param plugins the folder of plugins, each a folder or a jar, for {@code plugin.path}
 * @param settings worker settings besides those that the worker has by itself, or in their place
 * @param environment environment variables, to which configurations refer as {@code ${env:NAME}}
 * @param startTimeout how long the worker may take until it answers
 */
public record ConnectWorkerOptions(
    String bootstrapServers,
    Path libraries,
    Path plugins,
    Map<String, String> settings,
    Map<String, String> environment,
    Duration startTimeout) {

  public static ConnectWorkerOptions of(String bootstrapServers, Path libraries, Path plugins) {
    return new ConnectWorkerOptions(
        bootstrapServers, libraries, plugins, Map.of(), Map.of(), Duration.ofSeconds(90));
  }

  public ConnectWorkerOptions withSetting(String key, String value) {
    return new ConnectWorkerOptions(
        bootstrapServers,
        libraries,
        plugins,
        plus(settings, key, value),
        environment,
        startTimeout);
  }

  public ConnectWorkerOptions withEnvironment(String variable, String value) {
    return new ConnectWorkerOptions(
        bootstrapServers,
        libraries,
        plugins,
        settings,
        plus(environment, variable, value),
        startTimeout);
  }

  private static Map<String, String> plus(Map<String, String> map, String key, String value) {
    Map<String, String> more = new TreeMap<>(map);
    more.put(key, value);
    return Map.copyOf(more);
  }
}

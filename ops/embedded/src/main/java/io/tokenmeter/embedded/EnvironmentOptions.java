package io.tokenmeter.embedded;

import java.util.function.Consumer;

/**
 * What may be chosen about the embedded environment.
 *
 * @param broker options of the broker
 * @param registry options of the schema registry
 * @param shutdownHook whether the environment closes itself when the process ends, as on Ctrl-C
 */
public record EnvironmentOptions(
    BrokerOptions broker, RegistryOptions registry, boolean shutdownHook) {

  public static EnvironmentOptions defaults() {
    return new EnvironmentOptions(BrokerOptions.defaults(), RegistryOptions.defaults(), true);
  }

  public EnvironmentOptions withBroker(BrokerOptions options) {
    return new EnvironmentOptions(options, registry, shutdownHook);
  }

  public EnvironmentOptions withRegistry(RegistryOptions options) {
    return new EnvironmentOptions(broker, options, shutdownHook);
  }

  /** Sends progress lines (the first download) somewhere else than to standard error. */
  public EnvironmentOptions withProgress(Consumer<String> listener) {
    return new EnvironmentOptions(broker, registry.withProgress(listener), shutdownHook);
  }

  /** Leaves it to the caller to close the environment when the process ends. */
  public EnvironmentOptions withoutShutdownHook() {
    return new EnvironmentOptions(broker, registry, false);
  }
}

package io.tokenmeter.streams.cluster;

import io.tokenmeter.embedded.BrokerOptions;
import io.tokenmeter.embedded.EmbeddedEnvironment;
import io.tokenmeter.embedded.EnvironmentOptions;

/**
 * Where an application under test finds its broker and its registry.
 *
 * @param registryUrl the registry's own API
 * @param confluentRegistryUrl the same registry's Confluent-compatible API
 */
public record Cluster(String bootstrapServers, String registryUrl, String confluentRegistryUrl) {

  /** The broker and registry that all tests of this JVM share; they stop when it ends. */
  public static EmbeddedEnvironment sharedEnvironment() {
    return Shared.ENVIRONMENT;
  }

  /** The shared environment as a cluster. */
  public static Cluster shared() {
    return new Cluster(
        Shared.ENVIRONMENT.bootstrapServers(),
        Shared.ENVIRONMENT.registryUrl(),
        Shared.ENVIRONMENT.confluentRegistryUrl());
  }

  private static final class Shared {
    // A test that kills an application must not wait for the sessions of production.
    private static final EmbeddedEnvironment ENVIRONMENT =
        EmbeddedEnvironment.start(
            EnvironmentOptions.defaults()
                .withBroker(
                    BrokerOptions.defaults()
                        .withSetting("group.min.session.timeout.ms", "1000")
                        .withSetting("group.streams.min.session.timeout.ms", "1000")
                        .withSetting("group.streams.session.timeout.ms", "6000")
                        .withSetting("group.streams.min.heartbeat.interval.ms", "500")
                        .withSetting("group.streams.heartbeat.interval.ms", "1000")
                        .withSetting(
                            "transaction.abort.timed.out.transaction.cleanup.interval.ms",
                            "1000")));
  }
}

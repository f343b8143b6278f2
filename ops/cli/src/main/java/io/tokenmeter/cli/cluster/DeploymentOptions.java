package io.tokenmeter.cli.cluster;

import io.tokenmeter.cli.TopicPrefixOption;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** Options that name a deployment of Tokenmeter: its brokers, its registry and its topics. */
public final class DeploymentOptions {
  @Mixin private ClusterOptions cluster;
  @Mixin private RegistryOption registry;
  @Mixin private TopicPrefixOption prefix;

  /** Whether a cluster was named at all. */
  public boolean isGiven() {
    return cluster.isGiven();
  }

  /**
   * The settings of the deployment, the prefix of its topics among them.
   *
   * @throws picocli.CommandLine.ParameterException if no brokers or no registry were named
   */
  public Map<String, String> settings() {
    Map<String, String> settings = registry.addTo(cluster.settings());
    settings.put("topic.prefix", prefix.of(settings));
    return settings;
  }

  /** The options that 'topics create' takes as the user gave them, to be repeated in a command. */
  public String asGiven() {
    return cluster.asGiven() + prefix.asGiven();
  }
}

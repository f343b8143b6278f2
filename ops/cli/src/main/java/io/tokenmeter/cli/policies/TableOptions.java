package io.tokenmeter.cli.policies;

import io.tokenmeter.cli.TopicPrefixOption;
import io.tokenmeter.cli.cluster.ClusterOptions;
import io.tokenmeter.cli.cluster.RegistryOption;
import io.tokenmeter.cli.cluster.TableTopic;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** Options that name the cluster, its registry and the topic's prefix. */
final class TableOptions {
  @Mixin private ClusterOptions cluster;
  @Mixin private RegistryOption registry;
  @Mixin private TopicPrefixOption prefix;

  boolean isGiven() {
    return cluster.isGiven();
  }

  <T> TableTopic<T> table(EntryKind<T> kind) {
    Map<String, String> settings = registry.addTo(cluster.settings());
    settings.put("topic.prefix", prefix.of(settings));
    return new TableTopic<>(settings, kind.topic(), kind::entry);
  }
}

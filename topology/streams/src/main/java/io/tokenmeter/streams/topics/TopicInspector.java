package io.tokenmeter.streams.topics;

import io.tokenmeter.streams.topics.TopicState.Difference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Compares the catalogued topics with those of a cluster. */
public final class TopicInspector {

  private static final Config NO_SETTINGS = new Config(List.of());

  private final Admin admin;

  /** The caller keeps the client and closes it. */
  public TopicInspector(Admin admin) {
    this.admin = admin;
  }

  /**
   * Every topic's state, in the order given.
   *
   * @throws ExecutionException if the cluster refuses, with Kafka's own exception as its cause
   */
  public List<TopicState> inspect(Collection<CataloguedTopic> topics, String prefix)
      throws ExecutionException, InterruptedException {
    Map<String, TopicDescription> present =
        describe(topics.stream().map(topic -> topic.fullName(prefix)).toList());
    Map<String, Config> settings = settings(present.keySet());
    List<TopicState> states = new ArrayList<>();
    for (CataloguedTopic topic : topics) {
      String name = topic.fullName(prefix);
      TopicDescription description = present.get(name);
      states.add(
          description == null
              ? new TopicState(topic, name, false, 0, 0, List.of())
              : stateOf(
                  topic,
                  description,
                  expectedPartitions(topic, present.get(prefix + topic.partitionsOf())),
                  settings.getOrDefault(name, NO_SETTINGS)));
    }
    return states;
  }

  private Map<String, TopicDescription> describe(Collection<String> names)
      throws ExecutionException, InterruptedException {
    Map<String, TopicDescription> present = new HashMap<>();
    for (var result : admin.describeTopics(names).topicNameValues().entrySet()) {
      try {
        present.put(result.getKey(), result.getValue().get());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
      }
    }
    return present;
  }

  private Map<String, Config> settings(Collection<String> names)
      throws ExecutionException, InterruptedException {
    Map<String, Config> settings = new HashMap<>();
    admin
        .describeConfigs(
            names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList())
        .all()
        .get()
        .forEach((resource, config) -> settings.put(resource.name(), config));
    return settings;
  }

  /** How many partitions a topic must have; 0 for any number. */
  private static int expectedPartitions(
      CataloguedTopic topic, @Nullable TopicDescription partitionsOf) {
    if (partitionsOf != null) {
      return partitionsOf.partitions().size();
    }
    return topic.scales() ? 0 : topic.partitions();
  }

  private static TopicState stateOf(
      CataloguedTopic topic, TopicDescription description, int expected, Config settings) {
    int partitions = description.partitions().size();
    List<Difference> differences = new ArrayList<>();
    if (expected != 0 && partitions != expected) {
      differences.add(
          new Difference(
              Difference.PARTITIONS, Integer.toString(expected), Integer.toString(partitions)));
    }
    topic
        .settings()
        .forEach(
            (name, catalogued) -> {
              ConfigEntry entry = settings.get(name);
              String actual = entry == null ? "" : entry.value();
              if (!catalogued.equals(actual)) {
                differences.add(new Difference(name, catalogued, actual));
              }
            });
    return new TopicState(
        topic,
        description.name(),
        true,
        partitions,
        description.partitions().get(0).replicas().size(),
        List.copyOf(differences));
  }
}

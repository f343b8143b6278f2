package io.tokenmeter.streams.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the catalogued topics on a cluster; a topic that exists already is left as it is. */
public final class TopicCreator {

  /** What happened, or in a dry run would happen, to one topic. */
  public enum Outcome {
    /** The topic was created. */
    CREATED,
    /** The topic is there and was not touched. */
    EXISTS,
    /** The topic was there; its settings were set as catalogued. */
    UPDATED
  }

  /**
   * How to create the topics.
   *
   * @param prefix put before every name
   * @param partitions for the topics that scale; absent: as catalogued
   * @param replicationFactor absent: the cluster's default
   * @param updateSettings whether an existing topic's settings are set as catalogued
   * @param dryRun whether to leave the cluster alone and only say what would be done
   */
  public record Plan(
      String prefix,
      OptionalInt partitions,
      Optional<Short> replicationFactor,
      boolean updateSettings,
      boolean dryRun) {

    /** Topics as catalogued, with the cluster's default replication factor. */
    public static Plan asCatalogued(String prefix) {
      return new Plan(prefix, OptionalInt.empty(), Optional.empty(), false, false);
    }

    /** Partitions the topic gets under this plan. */
    public int partitionsOf(CataloguedTopic topic) {
      return topic.scales() ? partitions.orElse(topic.partitions()) : topic.partitions();
    }
  }

  /** How long a broker may take until it has heard of a topic that the controller created. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Admin admin;

  /** The caller keeps the client and closes it. */
  public TopicCreator(Admin admin) {
    this.admin = admin;
  }

  /**
   * Creates what is missing, and waits until it can be seen.
   *
   * @return the outcome of every topic, in the order given
   * @throws ExecutionException if the cluster refuses, with Kafka's own exception as its cause
   */
  public Map<CataloguedTopic, Outcome> create(Collection<CataloguedTopic> topics, Plan plan)
      throws ExecutionException, InterruptedException {
    Set<String> existing = admin.listTopics().names().get();
    Map<CataloguedTopic, Outcome> outcomes = new LinkedHashMap<>();
    List<CataloguedTopic> present = new ArrayList<>();
    for (CataloguedTopic topic : topics) {
      boolean exists = existing.contains(topic.fullName(plan.prefix()));
      if (exists) {
        present.add(topic);
      }
      outcomes.put(
          topic,
          !exists ? Outcome.CREATED : plan.updateSettings() ? Outcome.UPDATED : Outcome.EXISTS);
    }
    if (!plan.dryRun()) {
      createMissing(outcomes, plan);
      if (plan.updateSettings()) {
        updateSettings(present, plan.prefix());
      }
    }
    return outcomes;
  }

  private void createMissing(Map<CataloguedTopic, Outcome> outcomes, Plan plan)
      throws ExecutionException, InterruptedException {
    Map<String, CataloguedTopic> missing = new LinkedHashMap<>();
    outcomes.forEach(
        (topic, outcome) -> {
          if (outcome == Outcome.CREATED) {
            missing.put(topic.fullName(plan.prefix()), topic);
          }
        });
    List<NewTopic> topics = new ArrayList<>();
    for (CataloguedTopic topic : missing.values()) {
      topics.add(newTopic(topic, plan));
    }
    var results = admin.createTopics(topics).values();
    for (var result : results.entrySet()) {
      try {
        result.getValue().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
        // Somebody else created it since we looked.
        outcomes.put(missing.get(result.getKey()), Outcome.EXISTS);
      }
    }
    awaitVisible(missing.keySet());
  }

  /** The controller answers before the brokers, who are asked for topics, have heard of them. */
  private void awaitVisible(Set<String> names) throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!admin.listTopics().names().get().containsAll(names)) {
      if (System.nanoTime() - deadline > 0) {
        throw new ExecutionException(
            new TimeoutException(
                "the topics were created, but a broker had not heard of all of them after "
                    + PATIENCE.toSeconds()
                    + " s"));
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  /**
   * Partitions that a topic gets under a plan: those of the topic that it goes by, where that is on
   * the cluster, else as planned.
   */
  public int partitionsOf(CataloguedTopic topic, Plan plan)
      throws ExecutionException, InterruptedException {
    String leader = topic.partitionsOf();
    if (leader != null) {
      List<CataloguedTopic> leaders = List.of(TopicCatalogue.load().topic(leader));
      TopicState state = new TopicInspector(admin).inspect(leaders, plan.prefix()).get(0);
      if (state.exists()) {
        return state.partitions();
      }
    }
    return plan.partitionsOf(topic);
  }

  private NewTopic newTopic(CataloguedTopic topic, Plan plan)
      throws ExecutionException, InterruptedException {
    return new NewTopic(
            topic.fullName(plan.prefix()),
            Optional.of(partitionsOf(topic, plan)),
            plan.replicationFactor())
        .configs(topic.settings());
  }

  private void updateSettings(List<CataloguedTopic> topics, String prefix)
      throws ExecutionException, InterruptedException {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (CataloguedTopic topic : topics) {
      changes.put(
          new ConfigResource(ConfigResource.Type.TOPIC, topic.fullName(prefix)),
          topic.settings().entrySet().stream()
              .map(e -> new ConfigEntry(e.getKey(), e.getValue()))
              .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
              .toList());
    }
    admin.incrementalAlterConfigs(changes).all().get();
  }
}

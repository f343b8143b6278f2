package io.tokenmeter.intake.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that the intake cannot do without. */
final class RequiredTopics {
  private RequiredTopics() {}

  /**
   * Fails if one is missing.
   *
   * @param catalogued topics that 'topics create' makes
   * @param sources topics of other systems
   * @throws ConfigException saying which, and what to do
   * @throws ExecutionException if the cluster does not answer; Kafka's exception is its cause
   */
  static void require(Admin admin, Collection<String> catalogued, Collection<String> sources)
      throws ExecutionException, InterruptedException {
    List<String> missing = missing(admin, catalogued);
    if (!missing.isEmpty()) {
      throw new ConfigException(
          "missing topics: "
              + String.join(", ", missing)
              + "; create them with: tokenmeter topics create");
    }
    missing = missing(admin, sources);
    if (!missing.isEmpty()) {
      throw new ConfigException(
          "missing topics of sources.*: "
              + String.join(", ", missing)
              + "; create them, or start what writes to them first");
    }
  }

  private static List<String> missing(Admin admin, Collection<String> topics)
      throws ExecutionException, InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> answers =
        new TreeMap<>(admin.describeTopics(topics).topicNameValues());
    List<String> missing = new ArrayList<>();
    for (var answer : answers.entrySet()) {
      try {
        answer.getValue().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        missing.add(answer.getKey());
      }
    }
    return missing;
  }
}

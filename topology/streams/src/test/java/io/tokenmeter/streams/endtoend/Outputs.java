package io.tokenmeter.streams.endtoend;

import static io.tokenmeter.streams.cluster.Deployment.PATIENCE;

import io.tokenmeter.streams.cluster.Deployment;
import io.tokenmeter.streams.registry.Serdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The committed output records as a consumer with the configured deserializer sees them. */
final class Outputs implements AutoCloseable {
  private static final List<String> TOPICS =
      List.of("costed-usage", "usage-rollups", "rejected-events");

  private final Deployment deployment;
  private final KafkaConsumer<String, Object> consumer;
  private final Map<String, Object> latest = new HashMap<>();

  Outputs(Deployment deployment) {
    this.deployment = deployment;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                deployment.cluster().bootstrapServers(),
                "isolation.level",
                "read_committed"),
            new StringDeserializer(),
            new Serdes(deployment.config()).deserializer());
    List<TopicPartition> partitions =
        TOPICS.stream()
            .map(deployment::topic)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Waits until the latest record of a key is as wanted, and returns it. */
  <T> T await(String topic, String key, Class<T> type, Predicate<T> wanted) {
    String place = deployment.topic(topic) + "/" + key;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!latest.containsKey(place) || !wanted.test(type.cast(latest.get(place)))) {
      if (System.nanoTime() > end) {
        throw new AssertionError(place + " is " + latest.get(place) + "; all: " + latest.keySet());
      }
      for (ConsumerRecord<String, Object> record : consumer.poll(Duration.ofMillis(100))) {
        latest.put(record.topic() + "/" + record.key(), record.value());
      }
    }
    return type.cast(latest.get(place));
  }

  @Override
  public void close() {
    consumer.close();
  }
}

package io.tokenmeter.streams.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in a topic, from its beginning, and later what was added since. */
public final class TopicTail implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Collection<TopicPartition> partitions;

  /** A reader of all partitions of a topic. */
  public TopicTail(Cluster cluster, String topic) {
    consumer = consumer(cluster);
    partitions = partitions(consumer, topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  static KafkaConsumer<byte[], byte[]> consumer(Cluster cluster) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers", cluster.bootstrapServers(),
            "isolation.level", "read_committed",
            "max.poll.records", "5000"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  /** Hands over what was not read before, up to the end as it is now. */
  public void readOn(Consumer<ConsumerRecord<byte[], byte[]>> reader) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer.poll(Duration.ofMillis(200)).forEach(reader);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}

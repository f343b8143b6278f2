package io.tokenmeter.warehouse.endtoend;

import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** What is committed in the application's topics, and how far sinks have read them. */
final class Topics {

  private final Cluster cluster;

  Topics(Cluster cluster) {
    this.cluster = cluster;
  }

  /** The last record of every key. */
  <T> List<T> latest(String topic, Class<T> type) {
    Map<String, T> latest = new LinkedHashMap<>();
    try (TopicReader reader = new TopicReader(cluster, cluster.topic(topic));
        Deserializer<Object> deserializer = cluster.deserializer()) {
      reader.readToEnd(
          record ->
              latest.put(
                  new String(record.key(), StandardCharsets.UTF_8),
                  type.cast(deserializer.deserialize(record.topic(), record.value()))));
    }
    return List.copyOf(latest.values());
  }

  /** How many records a topic holds. */
  long records(String topic) {
    long[] count = {0};
    try (TopicReader reader = new TopicReader(cluster, cluster.topic(topic))) {
      reader.readToEnd(record -> count[0]++);
    }
    return count[0];
  }

  /** Whether a connector has committed the last record of a topic. */
  boolean isRead(String topic, String connector) throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> behindLast = new HashMap<>();
    try (TopicReader reader = new TopicReader(cluster, cluster.topic(topic));
        Admin admin = cluster.admin()) {
      reader.readToEnd(
          record ->
              behindLast.put(
                  new TopicPartition(record.topic(), record.partition()), record.offset() + 1));
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin
              .listConsumerGroupOffsets("connect-" + connector)
              .partitionsToOffsetAndMetadata()
              .get();
      return behindLast.entrySet().stream()
          .allMatch(
              last -> {
                OffsetAndMetadata offset = committed.get(last.getKey());
                return offset != null && offset.offset() >= last.getValue();
              });
    }
  }
}

package io.tokenmeter.benchmarks.rungs;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Reads assigned partitions up to given ends, and knows which offsets may be committed. */
final class PartitionReader {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ToLongFunction<TopicPartition> end;
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private int open;

  PartitionReader(
      KafkaConsumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      ToLongFunction<TopicPartition> end) {
    this.consumer = consumer;
    this.end = end;
    open = (int) partitions.stream().filter(partition -> end.applyAsLong(partition) > 0).count();
  }

  /** Whether every partition has been read to its end. */
  boolean atEnd() {
    return open == 0;
  }

  /** Polls once and passes on every record before its partition's end. */
  void poll(Consumer<byte[]> eachValue) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> some = records.records(partition);
      long limit = end.applyAsLong(partition);
      for (ConsumerRecord<byte[], byte[]> record : some) {
        if (record.offset() < limit) {
          eachValue.accept(record.value());
        }
      }
      long next = some.get(some.size() - 1).offset() + 1;
      if (next >= limit) {
        consumer.pause(List.of(partition));
        open--;
      }
      offsets.put(partition, new OffsetAndMetadata(Math.min(next, limit)));
    }
  }

  /** What has been read and may be committed. */
  Map<TopicPartition, OffsetAndMetadata> offsets() {
    return Map.copyOf(offsets);
  }
}

package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.benchmarks.process.RungRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Ends the input topic behind the prefix that a slow rung is to process, unseen by the topology.
 */
final class PrefixClientSupplier extends DefaultKafkaClientSupplier {
  private final RungRequest request;

  PrefixClientSupplier(RungRequest request) {
    this.request = request;
  }

  @Override
  public KafkaConsumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return new PrefixConsumer(config);
  }

  private final class PrefixConsumer extends KafkaConsumer<byte[], byte[]> {

    PrefixConsumer(Map<String, Object> config) {
      super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> kept = new HashMap<>();
      Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(records.nextOffsets());
      for (TopicPartition partition : records.partitions()) {
        List<ConsumerRecord<byte[], byte[]>> some = records.records(partition);
        long end = end(partition);
        if (some.get(some.size() - 1).offset() + 1 >= end) {
          some = some.stream().filter(record -> record.offset() < end).toList();
          pause(List.of(partition));
          seek(partition, end);
          next.put(partition, new OffsetAndMetadata(end));
        }
        if (!some.isEmpty()) {
          kept.put(partition, some);
        }
      }
      return new ConsumerRecords<>(kept, next);
    }

    private long end(TopicPartition partition) {
      return partition.topic().equals(request.inputTopic())
          ? request.prefix().endOffsets().get(partition.partition())
          : Long.MAX_VALUE;
    }
  }
}

package io.tokenmeter.benchmarks.intake;

import io.tokenmeter.streams.registry.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is in usage-events: the distinct event ids of each run. */
final class WrittenEvents {
  private final Map<String, Set<String>> idsByRun = new HashMap<>();
  private long records;

  private WrittenEvents() {}

  static WrittenEvents read(String bootstrapServers, String topic) {
    WrittenEvents events = new WrittenEvents();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "max.poll.records", 10_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(events::add);
      }
    }
    return events;
  }

  /** Records, written twice or not. */
  long records() {
    return records;
  }

  /** Distinct events. */
  long distinct() {
    return idsByRun.values().stream().mapToLong(Set::size).sum();
  }

  /** How many of a run's events are there. */
  int ofRun(String run) {
    return idsByRun.getOrDefault(run, Set.of()).size();
  }

  /** The record's key is the run, and the event's first field its id. */
  private void add(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                value, WireFormat.HEADER_BYTES, value.length - WireFormat.HEADER_BYTES, null);
    try {
      String id = decoder.readString();
      idsByRun
          .computeIfAbsent(new String(record.key(), StandardCharsets.UTF_8), run -> new HashSet<>())
          .add(id.substring(id.lastIndexOf('/') + 1));
      records++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

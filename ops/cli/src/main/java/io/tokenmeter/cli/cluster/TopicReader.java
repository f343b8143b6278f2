package io.tokenmeter.cli.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads what is committed in the partitions of a topic, from the beginning unless told otherwise.
 */
public final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();

  /** A reader at the beginning of the topic, given by its full name. */
  public TopicReader(Cluster cluster, String topic) {
    consumer = cluster.consumer();
    consumer.partitionsFor(topic).stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .forEach(partitions::add);
    begin();
  }

  /**
   * A reader of the one partition in which producers put records of a key, unless the topic had
   * fewer partitions then.
   *
   * @param key of the records
   */
  public TopicReader(Cluster cluster, String topic, byte[] key) {
    consumer = cluster.consumer();
    int count = consumer.partitionsFor(topic).size();
    partitions.add(new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % count));
    begin();
  }

  private void begin() {
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** The offsets behind the last committed record now. */
  public Map<TopicPartition, Long> ends() {
    return consumer.endOffsets(partitions);
  }

  /** Continues from these offsets. */
  public void seek(Map<TopicPartition, Long> offsets) {
    offsets.forEach(consumer::seek);
  }

  /** Continues with what arrived at a time or later. */
  public void seekTo(Instant arrival) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, Math.max(0, arrival.toEpochMilli())));
    Map<TopicPartition, OffsetAndTimestamp> first = consumer.offsetsForTimes(times);
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = first.get(partition);
      if (offset == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, offset.offset());
      }
    }
  }

  /** Hands on what has arrived; waits up to the given time for something. */
  public void poll(Duration time, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(time);
    records.forEach(handler);
  }

  /** Reads up to what is committed at the time of the call. */
  public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> handler) {
    Map<TopicPartition, Long> ends = ends();
    while (!isAt(ends)) {
      poll(POLL, handler);
    }
  }

  /**
   * Reads what is before these offsets, and nothing behind them.
   *
   * @param between called several times a second, between records
   */
  public void readTo(
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte[], byte[]>> handler,
      Runnable between) {
    while (!isAt(ends)) {
      poll(
          POLL,
          record -> {
            Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
            if (end != null && record.offset() < end) {
              handler.accept(record);
            }
          });
      between.run();
    }
  }

  /** How many offsets there are from here up to these; not all of them need hold a record. */
  public long left(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
        .sum();
  }

  /**
   * Whether no record is left before these offsets. The offsets between two records may belong to
   * the markers of transactions, so a distance alone does not say that something is left.
   */
  public boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}

package io.tokenmeter.cli.cluster;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.streams.TokenmeterConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A compacted topic that the application keeps as a table: rows are written to it, removed from it
 * and read from it.
 *
 * @param <R> a row
 */
public final class TableTopic<R> {
  private final Cluster cluster;
  private final Map<String, String> settings;
  private final String topic;
  private final RowReader<R> rows;

  /**
   * A table.
   *
   * @param settings settings of the application, with bootstrap.servers and registry.url
   * @param name name of the topic in the catalogue
   * @param rows makes a row of a record
   */
  public TableTopic(Map<String, String> settings, String name, RowReader<R> rows) {
    this.cluster = Cluster.of(settings);
    this.settings = settings;
    this.topic = cluster.topic(name);
    this.rows = rows;
  }

  /** Makes a row of a record; what it throws says why it is none. */
  @FunctionalInterface
  public interface RowReader<R> {
    /** The row of a record. */
    R read(String key, Object record);
  }

  /**
   * What the topic holds.
   *
   * @param rows by key; of several records of a key the last one counts
   * @param keys all keys, also of records that could not be read
   * @param unreadable the records that could not be read: where they are, and why
   * @param readTo the offset behind the last record that was read
   */
  public record Contents<R>(
      Map<String, R> rows, Set<String> keys, List<String> unreadable, long readTo) {}

  /** The topic's whole name. */
  public String name() {
    return topic;
  }

  /** The settings that the application runs with, as far as they were given. */
  public TokenmeterConfig config() {
    return cluster.config();
  }

  /** Writes rows, as records by key, and waits until the brokers have them. */
  public void put(Map<String, ? extends IndexedRecord> records) {
    requireTopic();
    try (Serializer<Object> serializer = cluster.serializer()) {
      Map<String, byte[]> values = new LinkedHashMap<>();
      records.forEach((key, record) -> values.put(key, serializer.serialize(topic, record)));
      send(values);
    }
  }

  /** Removes rows by their keys, with tombstones, and waits until the brokers have them. */
  public void remove(Collection<String> keys) {
    requireTopic();
    Map<String, byte @Nullable []> tombstones = new LinkedHashMap<>();
    keys.forEach(key -> tombstones.put(key, null));
    send(tombstones);
  }

  /** Reads the topic to its present end. */
  public Contents<R> read() {
    requireTopic();
    Map<String, R> read = new LinkedHashMap<>();
    Set<String> keys = new LinkedHashSet<>();
    List<String> unreadable = new ArrayList<>();
    long[] readTo = {0};
    try (Deserializer<Object> deserializer = cluster.deserializer();
        TopicReader reader = new TopicReader(cluster, topic)) {
      reader.readToEnd(
          record -> {
            apply(record, deserializer, read, keys, unreadable);
            readTo[0] = Math.max(readTo[0], record.offset() + 1);
          });
    }
    return new Contents<>(read, keys, unreadable, readTo[0]);
  }

  private void apply(
      ConsumerRecord<byte[], byte[]> record,
      Deserializer<Object> deserializer,
      Map<String, R> read,
      Set<String> keys,
      List<String> unreadable) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    read.remove(key);
    if (record.value() == null) {
      keys.remove(key);
      return;
    }
    keys.add(key);
    try {
      read.put(
          key, rows.read(key, deserializer.deserialize(topic, record.headers(), record.value())));
    } catch (RuntimeException e) {
      unreadable.add(
          "partition "
              + record.partition()
              + ", offset "
              + record.offset()
              + ": "
              + e.getMessage());
    }
  }

  private void send(Map<String, byte @Nullable []> records) {
    try (KafkaProducer<String, byte[]> producer = cluster.producer()) {
      List<Future<?>> sent = new ArrayList<>();
      records.forEach(
          (key, value) -> sent.add(producer.send(new ProducerRecord<>(topic, key, value))));
      producer.flush();
      for (Future<?> record : sent) {
        record.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted before all rows were acknowledged", e);
    } catch (ExecutionException e) {
      throw new CommandFailedException(
          "not all rows were acknowledged; repeat the command, which changes nothing twice: "
              + e.getCause(),
          e);
    }
  }

  /** A broker that creates topics by itself would make one that is not compacted. */
  private void requireTopic() {
    try (Admin admin = AdminClients.create(settings)) {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new CommandFailedException(
            "there is no topic " + topic + "; create it with: tokenmeter topics create", e);
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CommandFailedException(
          "cannot look at the topic " + topic + ": " + e.getCause(), e);
    }
  }
}

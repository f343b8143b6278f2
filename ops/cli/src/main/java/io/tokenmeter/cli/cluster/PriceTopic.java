package io.tokenmeter.cli.cluster;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.schemas.Price;
import io.tokenmeter.streams.TokenmeterConfig;
import io.tokenmeter.streams.price.PriceRecords;
import io.tokenmeter.streams.registry.Serdes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The price table of a running application: rows are published to it, withdrawn from it and read
 * from it.
 */
public final class PriceTopic {
  private static final Duration POLL = Duration.ofMillis(500);

  static {
    GeneratedClasses.trust();
    RegistryLog.quiet();
  }

  private final TokenmeterConfig config;
  private final Map<String, String> settings;
  private final String topic;

  /**
   * @param settings settings of the application, with bootstrap.servers and registry.url
   */
  public PriceTopic(Map<String, String> settings) {
    this.config = new TokenmeterConfig(settings);
    this.settings = settings;
    this.topic = config.topic("price-table");
  }

  /** What the topic holds: the rows, and the records that could not be read. */
  public record Contents(List<PriceRow> rows, List<String> unreadable) {}

  /** The topic's whole name. */
  public String name() {
    return topic;
  }

  /** Publishes rows and waits until the brokers have them. */
  public void publish(Collection<PriceRow> rows) {
    requireTopic();
    try (Serializer<Object> serializer = new Serdes(config).serializer()) {
      Map<String, byte[]> records = new LinkedHashMap<>();
      for (PriceRow row : rows) {
        records.put(PriceRecords.key(row), serializer.serialize(topic, PriceRecords.toRecord(row)));
      }
      send(records);
    }
  }

  /** Withdraws rows by their keys, with tombstones, and waits until the brokers have them. */
  public void withdraw(Collection<String> keys) {
    requireTopic();
    Map<String, byte[]> tombstones = new LinkedHashMap<>();
    keys.forEach(key -> tombstones.put(key, null));
    send(tombstones);
  }

  /** Reads the topic to its present end; of several records of a key the last one counts. */
  public Contents read() {
    requireTopic();
    Map<String, PriceRow> rows = new LinkedHashMap<>();
    List<String> unreadable = new ArrayList<>();
    try (Deserializer<Object> deserializer = new Serdes(config).deserializer();
        Consumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          apply(record, deserializer, rows, unreadable);
        }
      }
    }
    return new Contents(List.copyOf(rows.values()), unreadable);
  }

  private void apply(
      ConsumerRecord<byte[], byte[]> record,
      Deserializer<Object> deserializer,
      Map<String, PriceRow> rows,
      List<String> unreadable) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    rows.remove(key);
    if (record.value() == null) {
      return;
    }
    try {
      Object value = deserializer.deserialize(topic, record.headers(), record.value());
      if (value instanceof Price price) {
        rows.put(key, PriceRecords.fromRecord(price));
      } else {
        unreadable.add(place(record) + ": not a price");
      }
    } catch (RuntimeException e) {
      unreadable.add(place(record) + ": " + e.getMessage());
    }
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return "partition " + record.partition() + ", offset " + record.offset();
  }

  private void send(Map<String, byte[]> records) {
    try (Producer<byte[], byte[]> producer = producer()) {
      List<Future<?>> sent = new ArrayList<>();
      records.forEach(
          (key, value) ->
              sent.add(
                  producer.send(
                      new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))));
      producer.flush();
      for (Future<?> record : sent) {
        record.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted before all rows were acknowledged", e);
    } catch (ExecutionException e) {
      throw new CommandFailedException(
          "not all rows were acknowledged; publish again, which changes nothing twice: "
              + e.getCause(),
          e);
    }
  }

  private Producer<byte[], byte[]> producer() {
    Map<String, Object> client =
        ClientSettings.of(config, "producer.", ProducerConfig.configNames());
    client.put(ProducerConfig.ACKS_CONFIG, "all");
    client.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    client.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 15_000);
    client.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> client =
        ClientSettings.of(config, "consumer.", ConsumerConfig.configNames());
    client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    client.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    client.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
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

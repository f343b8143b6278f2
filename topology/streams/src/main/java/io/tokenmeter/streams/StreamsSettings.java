package io.tokenmeter.streams;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of Kafka Streams and its clients: our defaults, and over them what the user passes
 * through.
 */
public final class StreamsSettings {
  private StreamsSettings() {}

  /** The settings as Kafka Streams takes them. */
  @SuppressWarnings("deprecation") // the global handler's switch was born deprecated: 5.0 has it on
  public static Map<String, Object> of(TokenmeterConfig config) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(
        StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.getList(TokenmeterConfig.BOOTSTRAP_SERVERS));
    settings.put(
        StreamsConfig.APPLICATION_ID_CONFIG, config.getString(TokenmeterConfig.APPLICATION_ID));
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory(config).toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads(config));
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        config.getLong(TokenmeterConfig.COMMIT_INTERVAL_MS));
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // Nothing depends on the order between a task's topics, and waiting for it costs every record.
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class.getName());
    settings.put(
        TokenmeterConfig.ROCKSDB_CACHE_BYTES, config.getLong(TokenmeterConfig.ROCKSDB_CACHE_BYTES));
    settings.put(
        TokenmeterConfig.ROCKSDB_WRITE_BUFFER_BYTES,
        config.getLong(TokenmeterConfig.ROCKSDB_WRITE_BUFFER_BYTES));
    // Retention and refusal by age look at the record's timestamp, which must not be the event's.
    settings.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG), "LogAppendTime");
    settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    if (!advertised(config).isEmpty()) {
      settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, advertised(config));
    }
    addConsumer(settings);
    addProducer(settings);
    settings.putAll(config.passedThrough("streams."));
    config
        .passedThrough("consumer.")
        .forEach((key, value) -> settings.put(StreamsConfig.consumerPrefix(key), value));
    config
        .passedThrough("producer.")
        .forEach((key, value) -> settings.put(StreamsConfig.producerPrefix(key), value));
    return settings;
  }

  /** The same, checked by Kafka Streams. */
  static StreamsConfig streamsConfig(TokenmeterConfig config) {
    return new StreamsConfig(of(config));
  }

  /** Where local state is kept. */
  public static Path stateDirectory(TokenmeterConfig config) {
    String directory = config.getString(TokenmeterConfig.STATE_DIR);
    return directory.isEmpty()
        ? Path.of(System.getProperty("java.io.tmpdir"), "tokenmeter")
        : Path.of(directory);
  }

  /**
   * Address at which other instances reach this one's HTTP server, as host:port; empty if they
   * cannot.
   */
  static String advertised(TokenmeterConfig config) {
    String advertised = config.getString(TokenmeterConfig.HTTP_ADVERTISED);
    String listen = config.getString(TokenmeterConfig.HTTP_LISTEN);
    boolean everywhere = listen.startsWith("0.0.0.0:") || listen.startsWith("[::]:");
    boolean anyPort = listen.endsWith(":0");
    return advertised.isEmpty() && !everywhere && !anyPort ? listen : advertised;
  }

  private static int threads(TokenmeterConfig config) {
    int threads = config.getInt(TokenmeterConfig.THREADS);
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  private static void addConsumer(Map<String, Object> settings) {
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 4000);
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 4 << 20);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.RECEIVE_BUFFER_CONFIG), 1 << 20);
  }

  private static void addProducer(Map<String, Object> settings) {
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 << 10);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 50);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 64L << 20);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.SEND_BUFFER_CONFIG), 1 << 20);
    // A rejected record carries a whole source record.
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 2 << 20);
    // Longer than any stall between commits; an abandoned transaction blocks readers for as long.
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 20_000);
  }
}

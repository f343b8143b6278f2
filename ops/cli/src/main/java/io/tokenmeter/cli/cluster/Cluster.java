package io.tokenmeter.cli.cluster;

import io.tokenmeter.schemas.GeneratedClasses;
import io.tokenmeter.streams.TokenmeterConfig;
import io.tokenmeter.streams.registry.Serdes;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A cluster and its registry as the application's settings describe them: the same brokers, the
 * same security settings, the same serializers.
 *
 * <p>Settings for all clients are those of the application: {@code streams.*}, and {@code
 * consumer.*}, {@code producer.*} or {@code streams.admin.*} for one kind.
 */
public final class Cluster {

  private static final int ANSWER_WITHIN_MILLIS = 15_000;

  static {
    GeneratedClasses.trust();
    RegistryLog.quiet();
  }

  private final TokenmeterConfig config;

  /** The cluster of these settings; nothing is connected yet. */
  public Cluster(TokenmeterConfig config) {
    this.config = config;
  }

  /** The cluster of these settings, which are checked as the application checks them. */
  public static Cluster of(Map<String, String> settings) {
    return new Cluster(new TokenmeterConfig(settings));
  }

  public TokenmeterConfig config() {
    return config;
  }

  /** The full name of a catalogued topic. */
  public String topic(String name) {
    return config.topic(name);
  }

  /** An admin client that gives up in seconds, because somebody waits at the terminal. */
  public Admin admin() {
    return AdminClients.create(config.originals());
  }

  /** An idempotent producer, so that its own retries double nothing. */
  public KafkaProducer<String, byte[]> producer() {
    Map<String, Object> settings =
        ClientSettings.of(config, "producer.", ProducerConfig.configNames());
    settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, ANSWER_WITHIN_MILLIS);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** A consumer without a group that sees committed records only. */
  public KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings =
        ClientSettings.of(config, "consumer.", ConsumerConfig.configNames());
    settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The configured Avro serializer. */
  public Serializer<Object> serializer() {
    return new Serdes(config).serializer();
  }

  /**
   * The configured Avro deserializer, to generated classes; fast on long topics, for one thread.
   */
  public Deserializer<Object> deserializer() {
    return new Serdes(config).cachingDeserializer();
  }
}

package io.tokenmeter.producer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/** Settings of a Kafka producer of usage events; each can be overridden in the map. */
public final class UsageProducerSettings {

  /** By name, so that the serializer is no dependency of those who use another. */
  private static final String APICURIO = "io.apicurio.registry.serde.avro.AvroKafkaSerializer";

  private UsageProducerSettings() {}

  /**
   * Acknowledged by all in-sync replicas, idempotent, compressed; values through Apicurio's
   * serializer (artifact {@code io.apicurio:apicurio-registry-avro-serde-kafka}), which writes the
   * wire format that every Confluent-compatible client reads.
   *
   * @param bootstrapServers such as localhost:9092
   * @param registryUrl such as http://localhost:8081/apis/registry/v3
   */
  public static Map<String, Object> of(String bootstrapServers, String registryUrl) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, "20");
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, APICURIO);
    settings.put("apicurio.registry.url", registryUrl);
    settings.put("apicurio.registry.auto-register", "true");
    settings.put("apicurio.registry.fault-tolerant-refresh", "true");
    return settings;
  }
}

package io.tokenmeter.intake.kafka;

import io.tokenmeter.intake.config.IntakeConfig;
import io.tokenmeter.streams.TokenmeterConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes what came by HTTP to Kafka and tells when Kafka has it.
 *
 * <p>The producer is idempotent and waits for all replicas. What it cannot say is whether records
 * that timed out arrived after all; the sender then sends them again, under the same event ids.
 */
public final class EventSender implements AutoCloseable {
  /** Beside the events in flight: batches that are begun, one per partition. */
  private static final long BATCHES_BYTES = 32L << 20;

  private final Producer<byte[], byte[]> producer;
  private final String usageEvents;
  private final String rejectedEvents;

  /** A sender to the topics of the configuration. */
  public EventSender(IntakeConfig config) {
    producer =
        new KafkaProducer<>(settings(config), new ByteArraySerializer(), new ByteArraySerializer());
    usageEvents = config.topic("usage-events");
    rejectedEvents = config.topic("rejected-events");
  }

  /**
   * Sends all records of a body.
   *
   * @return completes when Kafka has all of them; fails with Kafka's exception when it does not
   *     have one of them in time
   */
  public CompletableFuture<Void> send(MappedBody body) {
    Delivery delivery = new Delivery(body.accepted().size() + body.rejected().size());
    sendAll(usageEvents, body.accepted(), delivery);
    sendAll(rejectedEvents, body.rejected(), delivery);
    return delivery.future();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the delivery hears of each record
  private void sendAll(String topic, List<OutRecord> records, Delivery delivery) {
    for (OutRecord record : records) {
      try {
        producer.send(new ProducerRecord<>(topic, record.key(), record.value()), delivery);
      } catch (RuntimeException e) {
        delivery.onCompletion(null, e);
      }
    }
  }

  /** The producer, for its metrics. */
  public Producer<byte[], byte[]> producer() {
    return producer;
  }

  private static Map<String, Object> settings(IntakeConfig config) {
    int timeout = config.getInt(IntakeConfig.KAFKA_TIMEOUT_MS);
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
    // Sending must not block: what is in flight fits into the buffer.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout / 2);
    settings.put(
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        config.getLong(IntakeConfig.IN_FLIGHT_MAX_BYTES) + BATCHES_BYTES);
    settings.putAll(ClientSettings.of(config, "producer.", ProducerConfig.configNames()));
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    settings.put(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        config.getList(TokenmeterConfig.BOOTSTRAP_SERVERS));
    return settings;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}

package io.tokenmeter.producer;

import io.tokenmeter.schemas.UsageEvent;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Sends usage events to the topic usage-events. Thread-safe, as the Kafka producer under it is;
 * closing this closes that.
 */
public final class UsageProducer implements AutoCloseable {

  private final Producer<String, UsageEvent> producer;
  private final String topic;

  /**
   * @param producer with the registry's Avro serializer for values; {@link UsageProducerSettings}
   *     has the settings that keep events from being lost or doubled
   * @param topic {@code tokenmeter.usage-events}, or with another prefix
   */
  public UsageProducer(Producer<String, UsageEvent> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  /**
   * Sends an event in the background.
   *
   * @return completes when Kafka has it, or fails when it does not within the producer's delivery
   *     timeout; the same event can then be sent again, since its id tells that it is the same
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of a failure
  public CompletableFuture<RecordMetadata> send(UsageEvent event) {
    CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
    producer.send(
        UsageRecords.of(topic, event),
        (metadata, failure) -> {
          if (failure == null) {
            sent.complete(metadata);
          } else {
            sent.completeExceptionally(failure);
          }
        });
    return sent;
  }

  /** Waits until everything sent so far is acknowledged or has failed. */
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}

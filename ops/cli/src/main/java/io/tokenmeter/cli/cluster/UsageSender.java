package io.tokenmeter.cli.cluster;

import io.tokenmeter.schemas.UsageEvent;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Sends usage events as any producer should: keyed by run_id, else by event_id. */
public final class UsageSender implements AutoCloseable {

  private final String topic;
  private final Serializer<Object> serializer;
  private final KafkaProducer<String, byte[]> producer;

  /** A sender to the cluster's usage events. */
  public UsageSender(Cluster cluster) {
    topic = cluster.topic("usage-events");
    serializer = cluster.serializer();
    producer = cluster.producer();
  }

  /** The record key of an event. */
  public static String key(UsageEvent event) {
    String run = event.getRunId();
    return run == null ? event.getEventId() : run;
  }

  /** Sends an event in the background; the callback hears of its offset or its failure. */
  public void send(UsageEvent event, Callback callback) {
    send(key(event), serializer.serialize(topic, event), callback);
  }

  /** Sends bytes as they are. */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of a failure
  public void send(String key, byte[] value, Callback callback) {
    producer.send(new ProducerRecord<>(topic, key, value), callback);
  }

  /** Waits until everything sent so far is acknowledged or has failed. */
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
    serializer.close();
  }
}

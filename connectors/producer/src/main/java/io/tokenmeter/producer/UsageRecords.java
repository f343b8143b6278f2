package io.tokenmeter.producer;

import io.tokenmeter.schemas.UsageEvent;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records of usage events as the contract has them. */
public final class UsageRecords {

  private UsageRecords() {}

  /**
   * The record key of an event: its run, else its own id. This balances load, keeps a run in one
   * partition, and puts a resent event beside its first copy, where it is recognised.
   */
  public static String key(UsageEvent event) {
    String run = event.getRunId();
    return run == null ? event.getEventId() : run;
  }

  /**
   * The record of an event. Its timestamp is left to Kafka, which takes the time of sending: that
   * is what an event's arrival is, and what a topic's retention looks at. When the request happened
   * stands in the event.
   */
  public static ProducerRecord<String, UsageEvent> of(String topic, UsageEvent event) {
    return new ProducerRecord<>(topic, key(event), event);
  }
}

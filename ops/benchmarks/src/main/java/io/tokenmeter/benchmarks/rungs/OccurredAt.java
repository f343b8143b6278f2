package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.schemas.UsageEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** Event time for the DSL's windows: the event's own time. */
final class OccurredAt implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.value() instanceof UsageEvent event
        ? event.getOccurredAt().toEpochMilli()
        : partitionTime;
  }
}

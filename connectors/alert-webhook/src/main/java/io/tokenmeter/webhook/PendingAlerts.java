package io.tokenmeter.webhook;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that were read and not delivered yet, in the order in which they came. Only what is before
 * them may be committed, so a task that dies loses none.
 */
final class PendingAlerts {

  /** An alert and the record it came in. */
  static final class Pending {
    final SinkRecord record;
    final AlertRecord alert;
    final long readNanos;
    int failures;

    private Pending(SinkRecord record, AlertRecord alert, long readNanos) {
      this.record = record;
      this.alert = alert;
      this.readNanos = readNanos;
    }

    private TopicPartition partition() {
      return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }
  }

  private final Deque<Pending> alerts = new ArrayDeque<>();

  void add(SinkRecord record, AlertRecord alert, long nowNanos) {
    alerts.add(new Pending(record, alert, nowNanos));
  }

  @Nullable Pending first() {
    return alerts.peek();
  }

  void removeFirst() {
    alerts.remove();
  }

  int size() {
    return alerts.size();
  }

  /** Forgets those of partitions that another task reads from now on. */
  void forget(Collection<TopicPartition> partitions) {
    alerts.removeIf(pending -> partitions.contains(pending.partition()));
  }

  /** What may be committed of what was read. */
  Map<TopicPartition, OffsetAndMetadata> deliveredOf(Map<TopicPartition, OffsetAndMetadata> read) {
    Map<TopicPartition, OffsetAndMetadata> delivered = new HashMap<>(read);
    alerts
        .descendingIterator()
        .forEachRemaining(
            pending ->
                delivered.computeIfPresent(
                    pending.partition(),
                    (partition, offset) ->
                        new OffsetAndMetadata(pending.record.originalKafkaOffset())));
    return delivered;
  }
}

package io.tokenmeter.cli.cluster;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The sums that the application has taken in but not yet written to the roll-ups, which it does
 * every few seconds: it logs each bundle of them, and overwrites or deletes it once its windows are
 * written.
 */
final class UnwrittenRollups {

  private record Bundle(int partition, ByteBuffer key) {}

  private final TopicReader log;
  private final Set<Bundle> open = new HashSet<>();

  /** What is unwritten at the time of the call, according to the log. */
  UnwrittenRollups(TopicReader log) {
    this.log = log;
    Map<TopicPartition, Long> ends = log.ends();
    while (!log.isAt(ends)) {
      log.poll(
          Duration.ofMillis(100),
          record -> {
            if (record.value() == null) {
              open.remove(bundle(record));
            } else {
              open.add(bundle(record));
            }
          });
    }
  }

  /** Waits until all of it is written. */
  void awaitWritten(ProcessingWait.Listener listener)
      throws ExecutionException, InterruptedException {
    while (!open.isEmpty()) {
      listener.waiting(0);
      // Numbers are used again only after a write, so any later record with the key will do.
      log.poll(Duration.ofMillis(100), record -> open.remove(bundle(record)));
    }
  }

  private static Bundle bundle(ConsumerRecord<byte[], byte[]> record) {
    return new Bundle(record.partition(), ByteBuffer.wrap(record.key()));
  }
}

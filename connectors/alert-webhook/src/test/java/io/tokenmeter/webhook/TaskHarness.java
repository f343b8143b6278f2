package io.tokenmeter.webhook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** A task, and what Connect does around it; the test owns the clock. */
final class TaskHarness implements SinkTaskContext {
  private static final TopicPartition PARTITION = new TopicPartition(Alerts.TOPIC, 0);

  final AlertWebhookSinkTask task;
  final List<String> dead = new ArrayList<>();
  boolean deadLetterTopic = true;
  boolean paused;
  private long nanos;
  private long timeoutMillis;
  private long read;

  TaskHarness(FakeReceiver receiver, Map<String, String> more) {
    task =
        new AlertWebhookSinkTask(() -> nanos, () -> java.time.Instant.ofEpochSecond(1_772_443_850));
    task.initialize(this);
    Map<String, String> settings = new HashMap<>();
    settings.put("webhook.format", "generic");
    settings.put("webhook.url", receiver.url());
    settings.put("webhook.rate.limit.per.minute", "60000");
    settings.putAll(more);
    task.start(settings);
  }

  void put(List<SinkRecord> records) {
    timeoutMillis = 0;
    task.put(records);
    read = Math.max(read, records.stream().mapToLong(r -> r.kafkaOffset() + 1).max().orElse(0));
  }

  /** Lets Connect come back as often as the task asks for it, at most so often; time passes. */
  void comeBack(int atMost) {
    for (int i = 0; i < atMost && timeoutMillis > 0; i++) {
      pass(timeoutMillis);
      put(List.of());
    }
  }

  void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** How long the task wants to wait, milliseconds; 0 if it does not. */
  long waits() {
    return timeoutMillis;
  }

  /** The offset that would be committed now. */
  long committed() {
    return task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(read))).get(PARTITION).offset();
  }

  void closePartition() {
    task.close(List.of(PARTITION));
  }

  @Override
  public ErrantRecordReporter errantRecordReporter() {
    return (record, error) -> {
      if (!deadLetterTopic) {
        throw new ConnectException("tolerance exceeded", error);
      }
      dead.add(record.kafkaOffset() + ": " + error.getMessage());
      return CompletableFuture.completedFuture(null);
    };
  }

  @Override
  public void timeout(long millis) {
    timeoutMillis = millis;
  }

  @Override
  public Set<TopicPartition> assignment() {
    return Set.of(PARTITION);
  }

  @Override
  public void pause(TopicPartition... partitions) {
    paused = true;
  }

  @Override
  public void resume(TopicPartition... partitions) {
    paused = false;
  }

  @Override
  public void requestCommit() {
    // The test asks for what would be committed.
  }

  @Override
  public Map<String, String> configs() {
    return Map.of();
  }

  @Override
  public void offset(Map<TopicPartition, Long> offsets) {
    throw new UnsupportedOperationException("the task does not seek");
  }

  @Override
  public void offset(TopicPartition partition, long offset) {
    throw new UnsupportedOperationException("the task does not seek");
  }

  @Override
  public PluginMetrics pluginMetrics() {
    throw new UnsupportedOperationException("the task has no metrics of its own");
  }
}

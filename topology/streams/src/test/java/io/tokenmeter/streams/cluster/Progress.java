package io.tokenmeter.streams.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far an application is, as far as it has committed. */
public final class Progress implements AutoCloseable {
  private static final List<String> OUTPUTS =
      List.of("costed-usage", "rejected-events", "usage-rollups", "workflow-runs");

  private final Deployment deployment;
  private final KafkaConsumer<byte[], byte[]> committed;

  /** Progress of one application. */
  public Progress(Deployment deployment) {
    this.deployment = deployment;
    committed = TopicTail.consumer(deployment.cluster());
  }

  /** Offsets of usage-events that are committed, all partitions together. */
  public long events() {
    String topic = deployment.topic("usage-events");
    return offsets().entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(topic))
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  /** Waits until so many offsets of usage-events are committed. */
  public void awaitEvents(long offsets, Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (events() < offsets) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "fewer than " + offsets + " committed within " + timeout + ": " + offsets());
      }
      Thread.sleep(10);
    }
  }

  /**
   * Whether all that has been produced so far is in the roll-ups: no event is left to be read, no
   * transaction is open, and no partial sum is left to be read.
   */
  public boolean isDone() {
    // In this order: a transaction's offsets are visible before all of its records are.
    return nothingLeft(deployment.topic("usage-events"))
        && nothingOpen(deployment.repartitionTopic())
        && nothingLeft(deployment.repartitionTopic())
        && OUTPUTS.stream().map(deployment::topic).allMatch(this::nothingOpen);
  }

  /** Waits until {@link #isDone}; throws if that takes longer than the time given. */
  public void awaitDone(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (!isDone()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not done within " + timeout + "; " + whatIsLeft());
      }
      Thread.sleep(50);
    }
  }

  /** By partition, what is committed and what is there. */
  private String whatIsLeft() {
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
    StringBuilder left = new StringBuilder();
    List<String> topics = new ArrayList<>(OUTPUTS.stream().map(deployment::topic).toList());
    topics.add(deployment.topic("usage-events"));
    topics.add(deployment.repartitionTopic());
    for (String topic : topics) {
      Map<TopicPartition, Long> stable = ends(topic, IsolationLevel.READ_COMMITTED);
      ends(topic, IsolationLevel.READ_UNCOMMITTED)
          .forEach(
              (partition, end) -> {
                OffsetAndMetadata offset = offsets.get(partition);
                left.append("\n  ").append(partition).append(": ");
                left.append(offset == null ? "-" : Long.toString(offset.offset()));
                left.append(" committed of ").append(stable.get(partition));
                left.append(" stable and ").append(end).append(" written");
              });
    }
    return left.toString();
  }

  private boolean nothingOpen(String topic) {
    if (!exists(topic)) {
      return true;
    }
    return ends(topic, IsolationLevel.READ_COMMITTED)
        .equals(ends(topic, IsolationLevel.READ_UNCOMMITTED));
  }

  /** Whether only markers of transactions, if anything, stand behind the committed offsets. */
  private boolean nothingLeft(String topic) {
    if (!exists(topic)) {
      return true;
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets();
    Map<TopicPartition, Long> ends = ends(topic, IsolationLevel.READ_UNCOMMITTED);
    List<TopicPartition> behind = new ArrayList<>();
    Map<TopicPartition, Long> starts = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          OffsetAndMetadata offset = offsets.get(partition);
          starts.put(partition, offset == null ? 0 : offset.offset());
          if (starts.get(partition) < end) {
            behind.add(partition);
          }
        });
    committed.assign(behind);
    behind.forEach(partition -> committed.seek(partition, starts.get(partition)));
    long patience = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    while (behind.stream().anyMatch(p -> committed.position(p) < ends.get(p))) {
      if (!committed.poll(Duration.ofMillis(50)).isEmpty() || System.nanoTime() > patience) {
        return false;
      }
    }
    return true;
  }

  private Map<TopicPartition, Long> ends(String topic, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    committed
        .partitionsFor(topic)
        .forEach(p -> latest.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest()));
    ListOffsetsOptions options = new ListOffsetsOptions(isolation);
    Map<TopicPartition, Long> ends = new HashMap<>();
    get(deployment.admin().listOffsets(latest, options).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private boolean exists(String topic) {
    return get(deployment.admin().listTopics().names()).contains(topic);
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets() {
    return get(
        deployment
            .admin()
            .listConsumerGroupOffsets(deployment.applicationId())
            .partitionsToOffsetAndMetadata());
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    committed.close();
  }
}

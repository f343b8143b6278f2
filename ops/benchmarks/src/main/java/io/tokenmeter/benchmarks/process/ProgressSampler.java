package io.tokenmeter.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Looks at a group's committed offsets, and at what it cost so far, ten times a second. */
final class ProgressSampler implements AutoCloseable {
  static final Duration INTERVAL = Duration.ofMillis(100);

  private final RungRequest request;
  private final String groupId;
  private final Admin admin;
  private final AllocationMeter allocation = new AllocationMeter();
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final List<Sample> samples = new ArrayList<>();
  private boolean inputDone;

  ProgressSampler(RungRequest request, String groupId) {
    this.request = request;
    this.groupId = groupId;
    admin = Admin.create(Map.of("bootstrap.servers", request.bootstrapServers()));
  }

  /** Takes a sample. */
  Sample take() {
    long input = 0;
    long other = 0;
    boolean done = true;
    Map<TopicPartition, OffsetAndMetadata> committed = committedOffsets();
    for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : committed.entrySet()) {
      if (entry.getValue() == null) {
        continue;
      }
      if (entry.getKey().topic().equals(request.inputTopic())) {
        input += Math.min(entry.getValue().offset(), end(entry.getKey().partition()));
      } else {
        other += entry.getValue().offset();
      }
    }
    for (int partition = 0; partition < request.partitions(); partition++) {
      OffsetAndMetadata offset = committed.get(new TopicPartition(request.inputTopic(), partition));
      done &= end(partition) == 0 || (offset != null && offset.offset() >= end(partition));
    }
    inputDone = done;
    Sample sample =
        new Sample(
            System.nanoTime(),
            input,
            other,
            system.getProcessCpuTime(),
            brokerCpuMillis(),
            allocation.total(),
            gcMillis());
    samples.add(sample);
    return sample;
  }

  /** Whether every event of the input was committed at the last sample. */
  boolean inputDone() {
    return inputDone;
  }

  /** All samples so far. */
  List<Sample> samples() {
    return samples;
  }

  private long end(int partition) {
    return request.prefix().endOffsets().get(partition);
  }

  private Map<TopicPartition, OffsetAndMetadata> committedOffsets() {
    try {
      return admin.listConsumerGroupOffsets(groupId).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException e) {
      // Before the group's first commit the broker may not know it.
      return Map.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private long brokerCpuMillis() {
    return ProcessHandle.of(request.brokerPid())
        .flatMap(broker -> broker.info().totalCpuDuration())
        .map(Duration::toMillis)
        .orElse(0L);
  }

  private static long gcMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(5));
  }
}

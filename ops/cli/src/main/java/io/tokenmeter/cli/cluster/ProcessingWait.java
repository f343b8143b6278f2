package io.tokenmeter.cli.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until the application has processed its input up to given offsets, roll-ups included.
 *
 * <p>Under exactly-once the offsets are committed in one transaction with the results. So once the
 * committed offsets of the input are past the given ones, everything they led to is committed too:
 * costed usage, rejected events, and partial sums in the repartition topics. Those topics' ends at
 * that moment are then waited for in the same way, and after that the next time the application
 * writes its roll-ups out.
 */
public final class ProcessingWait {

  private static final long PAUSE_MILLIS = 100;

  /** Hears how far the application is, and may end the wait by throwing. */
  public interface Listener {
    /**
     * Called several times a second.
     *
     * @param left input records that are not processed yet
     */
    void waiting(long left) throws ExecutionException, InterruptedException;
  }

  private final Cluster cluster;
  private final ApplicationGroup group;

  /** A wait for the application that has this group. */
  public ProcessingWait(Cluster cluster, ApplicationGroup group) {
    this.cluster = cluster;
    this.group = group;
  }

  /** Waits for the input up to these offsets (of the next record), and for what follows from it. */
  public void await(Map<TopicPartition, Long> input, Listener listener)
      throws ExecutionException, InterruptedException {
    awaitCommitted(input, listener);
    awaitRollups(listener);
  }

  /** Waits until the roll-ups hold every partial sum that is committed at the time of the call. */
  public void awaitRollups(Listener listener) throws ExecutionException, InterruptedException {
    for (String topic : group.repartitionTopics()) {
      try (TopicReader reader = new TopicReader(cluster, topic)) {
        awaitConsumed(reader, reader.ends(), listener);
      }
    }
    for (String topic : group.unwrittenRollupTopics()) {
      try (TopicReader reader = new TopicReader(cluster, topic)) {
        new UnwrittenRollups(reader).awaitWritten(listener);
      }
    }
  }

  private void awaitCommitted(Map<TopicPartition, Long> ends, Listener listener)
      throws ExecutionException, InterruptedException {
    for (long left = left(ends); left > 0; left = left(ends)) {
      listener.waiting(left);
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private void awaitConsumed(TopicReader reader, Map<TopicPartition, Long> ends, Listener listener)
      throws ExecutionException, InterruptedException {
    while (!nothingLeft(reader, ends)) {
      listener.waiting(0);
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private long left(Map<TopicPartition, Long> ends)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> committed = group.committed();
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L)))
        .sum();
  }

  /**
   * The last offset of a topic that is written in transactions belongs to a commit marker, which an
   * application need not have passed. So what counts is whether a record lies before the end.
   */
  private boolean nothingLeft(TopicReader reader, Map<TopicPartition, Long> ends)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> committed = group.committed();
    Map<TopicPartition, Long> behind = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          long done = committed.getOrDefault(partition, 0L);
          if (done < end) {
            behind.put(partition, done);
          }
        });
    if (behind.isEmpty()) {
      return true;
    }
    reader.seek(ends);
    reader.seek(behind);
    boolean[] found = {false};
    while (!found[0] && !reader.isAt(ends)) {
      reader.poll(
          Duration.ofMillis(PAUSE_MILLIS),
          record -> {
            Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
            found[0] |= end != null && record.offset() < end;
          });
    }
    return !found[0];
  }
}

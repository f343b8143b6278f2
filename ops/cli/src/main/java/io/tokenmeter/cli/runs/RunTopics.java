package io.tokenmeter.cli.runs;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.ExistingTopic;
import io.tokenmeter.cli.cluster.TopicReader;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.WorkflowRun;
import io.tokenmeter.streams.TokenmeterConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads runs and their steps from the topics that the application writes. */
public final class RunTopics {
  private static final String RUNS = "workflow-runs";
  private static final String COSTED = "costed-usage";
  private static final int TOLD_EVERY = 1000;
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final Consumer<String> progress;

  /**
   * The topics of a cluster.
   *
   * @param progress hears how far the reading is, where that takes more than a second
   */
  public RunTopics(Cluster cluster, Consumer<String> progress) {
    this.cluster = cluster;
    this.progress = progress;
  }

  /** All runs by id, of each the latest revision. */
  public Map<String, WorkflowRun> runs() throws ExecutionException, InterruptedException {
    ExistingTopic.require(cluster, RUNS);
    Map<String, WorkflowRun> runs = new HashMap<>();
    try (Deserializer<Object> deserializer = cluster.deserializer();
        TopicReader reader = new TopicReader(cluster, cluster.topic(RUNS))) {
      read(
          reader,
          RUNS,
          record -> {
            WorkflowRun run = (WorkflowRun) deserialize(deserializer, record);
            runs.merge(run.getRunId(), run, RunTopics::later);
          });
    }
    return runs;
  }

  /** A run's latest revision. */
  WorkflowRun run(String runId) throws ExecutionException, InterruptedException {
    ExistingTopic.require(cluster, RUNS);
    byte[] key = runId.getBytes(StandardCharsets.UTF_8);
    WorkflowRun run;
    try (TopicReader ofKey = new TopicReader(cluster, cluster.topic(RUNS), key)) {
      run = latest(ofKey, key);
    }
    if (run == null) {
      try (TopicReader all = new TopicReader(cluster, cluster.topic(RUNS))) {
        run = latest(all, key);
      }
    }
    if (run == null) {
      throw new CommandFailedException(
          "no run '"
              + runId
              + "' in "
              + cluster.topic(RUNS)
              + "; a run is there some seconds after its first event. See all with: tokenmeter runs list");
    }
    return run;
  }

  private @Nullable WorkflowRun latest(TopicReader reader, byte[] key) {
    AtomicReference<@Nullable WorkflowRun> latest = new AtomicReference<>();
    try (Deserializer<Object> deserializer = cluster.deserializer()) {
      read(
          reader,
          RUNS,
          record -> {
            if (Arrays.equals(record.key(), key)) {
              WorkflowRun run = (WorkflowRun) deserialize(deserializer, record);
              latest.accumulateAndGet(
                  run, (one, other) -> one == null || other == null ? run : later(one, other));
            }
          });
    }
    return latest.get();
  }

  private void read(
      TopicReader reader, String name, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
    long start = System.nanoTime();
    long[] records = {0};
    reader.readToEnd(
        record -> {
          handler.accept(record);
          if (++records[0] % TOLD_EVERY == 0 && System.nanoTime() - start > QUIET.toNanos()) {
            progress.accept(
                "reading %s: %s records".formatted(cluster.topic(name), Figures.count(records[0])));
          }
        });
  }

  private static WorkflowRun later(WorkflowRun one, WorkflowRun other) {
    return other.getRevision() >= one.getRevision() ? other : one;
  }

  /** The events of a run, of each the latest revision. */
  Collection<CostedUsage> steps(WorkflowRun run) throws ExecutionException, InterruptedException {
    ExistingTopic.require(cluster, COSTED);
    byte[] runId = run.getRunId().getBytes(StandardCharsets.UTF_8);
    Map<String, CostedUsage> steps = new LinkedHashMap<>();
    try (Deserializer<Object> deserializer = cluster.deserializer();
        TopicReader reader = new TopicReader(cluster, cluster.topic(COSTED))) {
      reader.seekTo(earliestArrival(run));
      read(
          reader,
          COSTED,
          record -> {
            // Most records are of other runs: their bytes say so without being decoded.
            if (contains(record.value(), runId)) {
              CostedUsage usage = (CostedUsage) deserialize(deserializer, record);
              if (run.getRunId().equals(usage.getRunId())) {
                steps.merge(
                    usage.getEventId(),
                    usage,
                    (one, other) -> other.getRevision() >= one.getRevision() ? other : one);
              }
            }
          });
    }
    return steps.values();
  }

  /** No event arrives longer before it happened than is accepted. */
  private Instant earliestArrival(WorkflowRun run) {
    return run.getFirstEventAt()
        .minusMillis(cluster.config().getLong(TokenmeterConfig.EVENT_MAX_FUTURE_MS));
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int from = 0; from <= bytes.length - wanted.length; from++) {
      if (Arrays.equals(bytes, from, from + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private Object deserialize(
      Deserializer<Object> deserializer, ConsumerRecord<byte[], byte[]> record) {
    return deserializer.deserialize(record.topic(), record.headers(), record.value());
  }
}

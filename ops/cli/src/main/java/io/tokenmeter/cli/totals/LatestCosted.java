package io.tokenmeter.cli.totals;

import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.ExistingTopic;
import io.tokenmeter.cli.cluster.TopicReader;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.streams.TokenmeterConfig;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Requests of a span of time, each once at its latest revision, as they were committed when this
 * was opened. They are read from the topic each time they are asked for, and none is kept.
 */
public final class LatestCosted implements AutoCloseable {
  private static final String COSTED = "costed-usage";

  private final Instant from;
  private final Instant to;
  private final ProgressLine progress;
  private final Deserializer<Object> deserializer;
  private final TopicReader reader;
  private final Instant earliestArrival;
  private final Map<TopicPartition, Long> ends;
  private final LatestPlaces latest;

  private LatestCosted(
      Cluster cluster, String topic, Instant from, Instant to, ProgressLine progress) {
    this.from = from;
    this.to = to;
    this.progress = progress;
    deserializer = cluster.deserializer();
    reader = new TopicReader(cluster, topic);
    // No event arrives longer before it happened than is accepted.
    earliestArrival =
        from.minusMillis(cluster.config().getLong(TokenmeterConfig.EVENT_MAX_FUTURE_MS));
    ends = reader.ends();
    reader.seekTo(earliestArrival);
    latest = new LatestPlaces(reader.left(ends));
  }

  /**
   * Reads the topic once to find the latest revisions. Spans, which carry no cost, are left out.
   *
   * @param from the first moment that matters, by the time of the request
   * @param to the end, exclusive
   * @param progress shows how far each reading is
   */
  public static LatestCosted open(Cluster cluster, Instant from, Instant to, ProgressLine progress)
      throws ExecutionException, InterruptedException {
    LatestCosted requests =
        new LatestCosted(cluster, ExistingTopic.require(cluster, COSTED), from, to, progress);
    requests.read(
        "looking for the latest revisions",
        (record, usage) ->
            requests.latest.note(
                usage.getEventId(), usage.getRevision(), record.partition(), record.offset()));
    return requests;
  }

  /** Hands each request over once, in the order of the topic's partitions. */
  public void forEach(Consumer<CostedUsage> consumer) {
    read(
        "reading costed usage",
        (record, usage) -> {
          if (latest.isLatest(usage.getEventId(), record.partition(), record.offset())) {
            consumer.accept(usage);
          }
        });
  }

  private void read(String what, BiConsumer<ConsumerRecord<byte[], byte[]>, CostedUsage> consumer) {
    reader.seekTo(earliestArrival);
    long all = reader.left(ends);
    try {
      reader.readTo(
          ends,
          record -> {
            CostedUsage usage =
                (CostedUsage)
                    deserializer.deserialize(record.topic(), record.headers(), record.value());
            if (isWanted(usage)) {
              consumer.accept(record, usage);
            }
          },
          () ->
              progress.show(
                  what
                      + ": "
                      + Figures.count(all - reader.left(ends))
                      + " of "
                      + Figures.count(all)
                      + " records"));
    } finally {
      progress.clear();
    }
  }

  private boolean isWanted(CostedUsage usage) {
    Instant at = usage.getOccurredAt();
    return usage.getCostRole() != CostRole.ROLLUP && !at.isBefore(from) && at.isBefore(to);
  }

  @Override
  public void close() {
    reader.close();
    deserializer.close();
  }
}

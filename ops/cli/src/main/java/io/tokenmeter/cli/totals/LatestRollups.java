package io.tokenmeter.cli.totals;

import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.ExistingTopic;
import io.tokenmeter.cli.cluster.TopicReader;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageRollup;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** The roll-ups of one granularity and dimension, each at its highest revision. */
public final class LatestRollups {
  private static final String ROLLUPS = "usage-rollups";

  private final Granularity granularity;
  private final String dimension;
  private final Instant from;
  private final Map<ByteBuffer, UsageRollup> latest = new HashMap<>();

  private LatestRollups(Granularity granularity, String dimension, Instant from) {
    this.granularity = granularity;
    this.dimension = dimension;
    this.from = from;
  }

  /**
   * Reads what is committed in the topic at the time of the call.
   *
   * @param dimension as it is configured, such as {@code team} or {@code api_key+model}
   * @param from start of the first window that matters
   */
  public static Collection<UsageRollup> read(
      Cluster cluster, Granularity granularity, String dimension, Instant from)
      throws ExecutionException, InterruptedException {
    String topic = ExistingTopic.require(cluster, ROLLUPS);
    LatestRollups rollups = new LatestRollups(granularity, dimension, from);
    try (Deserializer<Object> deserializer = cluster.deserializer();
        TopicReader reader = new TopicReader(cluster, topic)) {
      reader.readToEnd(record -> rollups.add(record, deserializer));
    }
    return rollups.latest.values();
  }

  private void add(ConsumerRecord<byte[], byte[]> record, Deserializer<Object> deserializer) {
    if (record.key() == null
        || !RollupKey.hasGranularity(record.key(), granularity)
        || !RollupKey.hasDimension(record.key(), dimension)
        || RollupKey.windowStart(record.key()).isBefore(from)) {
      return;
    }
    ByteBuffer key = ByteBuffer.wrap(record.key());
    if (record.value() == null) {
      latest.remove(key);
      return;
    }
    UsageRollup rollup =
        (UsageRollup) deserializer.deserialize(record.topic(), record.headers(), record.value());
    latest.merge(
        key, rollup, (one, other) -> other.getRevision() >= one.getRevision() ? other : one);
  }
}

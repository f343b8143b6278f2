package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.alerts.AlertBoard;
import io.tokenmeter.cli.alerts.AlertFeed;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.TopicReader;
import io.tokenmeter.cli.totals.RollupKey;
import io.tokenmeter.schemas.Granularity;
import io.tokenmeter.schemas.UsageRollup;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Follows the application's output: the roll-ups onto the board, and how many records it rejected.
 * Everything the demo shows comes from here or from the application's own counters, nothing from
 * the generator.
 */
final class OutputFeed implements AutoCloseable {

  private static final Duration ROLLUPS = Duration.ofMillis(100);

  private final TopicReader rollups;
  private final TopicReader rejections;
  private final Deserializer<Object> deserializer;
  private final SpendBoard board;
  private final AlertFeed alerts;
  private long rejected;

  /**
   * A feed of what the application writes from now on, and of all its alerts.
   *
   * @param from when that begins on the board
   */
  OutputFeed(Cluster cluster, Instant from) {
    board = new SpendBoard(from);
    rollups = new TopicReader(cluster, cluster.topic("usage-rollups"));
    rollups.seek(rollups.ends());
    rejections = new TopicReader(cluster, cluster.topic("rejected-events"));
    deserializer = cluster.deserializer();
    alerts = new AlertFeed(cluster, alert -> {});
  }

  /** Takes in what has been committed since the last time; waits for it a moment. */
  void poll() {
    rollups.poll(ROLLUPS, this::add);
    rejections.poll(Duration.ZERO, record -> rejected++);
    alerts.poll(Duration.ZERO);
  }

  /** Takes in everything that is committed now. */
  void readToEnd() {
    rollups.readToEnd(this::add);
    rejections.readToEnd(record -> rejected++);
    alerts.readToEnd();
  }

  SpendBoard board() {
    return board;
  }

  AlertBoard alerts() {
    return alerts.board();
  }

  long rejected() {
    return rejected;
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null
        && RollupKey.hasGranularity(record.key(), Granularity.MINUTE)
        && SpendBoard.DIMENSIONS.stream().anyMatch(d -> RollupKey.hasDimension(record.key(), d))) {
      board.accept((UsageRollup) deserializer.deserialize(record.topic(), record.value()));
    }
  }

  @Override
  public void close() {
    rollups.close();
    rejections.close();
    alerts.close();
    deserializer.close();
  }
}

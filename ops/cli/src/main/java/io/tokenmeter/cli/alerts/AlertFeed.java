package io.tokenmeter.cli.alerts;

import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.TopicReader;
import io.tokenmeter.schemas.Alert;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** The committed records of the topic {@code alerts}, onto a board and to whoever follows them. */
public final class AlertFeed implements AutoCloseable {
  private final TopicReader reader;
  private final Deserializer<Object> deserializer;
  private final AlertBoard board = new AlertBoard();
  private final Consumer<Alert> follower;

  /**
   * A feed from the beginning of the topic.
   *
   * @param follower gets each record as it comes
   */
  public AlertFeed(Cluster cluster, Consumer<Alert> follower) {
    reader = new TopicReader(cluster, cluster.topic("alerts"));
    deserializer = cluster.deserializer();
    this.follower = follower;
  }

  /** What the topic says so far. */
  public AlertBoard board() {
    return board;
  }

  /** Takes in what has been committed since the last time; waits for it up to the given time. */
  public void poll(Duration time) {
    reader.poll(time, this::add);
  }

  /** Takes in everything that is committed now. */
  public void readToEnd() {
    reader.readToEnd(this::add);
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      Alert alert = (Alert) deserializer.deserialize(record.topic(), record.value());
      board.accept(alert);
      follower.accept(alert);
    } else if (record.key() != null) {
      board.forget(new String(record.key(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public void close() {
    reader.close();
    deserializer.close();
  }
}

package io.tokenmeter.cli.reprice;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.cli.cluster.TopicReader;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.streams.avro.MalformedAvroException;
import io.tokenmeter.streams.cost.Recosting;
import io.tokenmeter.streams.registry.Serdes;
import io.tokenmeter.streams.registry.UsageBodies;
import io.tokenmeter.streams.registry.UsageBodies.UnreadableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads costed-usage without making an object of every field of every record. */
final class CostedUsageTopic implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final TopicReader reader;
  private final UsageBodies bodies;
  private final String topic;
  private final Recosting recosting = new Recosting();

  CostedUsageTopic(Cluster cluster) {
    topic = cluster.topic("costed-usage");
    reader = new TopicReader(cluster, topic);
    bodies =
        new UsageBodies(
            CostedUsage.getClassSchema(),
            topic,
            new Serdes(cluster.config()).genericDeserializer());
  }

  /** The record that is being handed over. */
  Recosting recosting() {
    return recosting;
  }

  /** The offsets behind the last committed record now. */
  Map<TopicPartition, Long> ends() {
    return reader.ends();
  }

  /** Continues from these offsets. */
  void seek(Map<TopicPartition, Long> offsets) {
    reader.seek(offsets);
  }

  /** Reads what has arrived from a time on, up to these offsets. */
  void read(
      Instant arrival,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte[], byte[]>> to) {
    reader.seekTo(arrival);
    while (!reader.isAt(ends)) {
      poll(POLL, to);
    }
  }

  /** Hands over what has arrived; waits up to the given time for something. */
  void poll(Duration time, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    reader.poll(
        time,
        record -> {
          if (record.value() != null && record.key() != null) {
            open(record);
            to.accept(record);
          }
        });
  }

  private void open(ConsumerRecord<byte[], byte[]> record) {
    try {
      bodies.find(record.value());
      recosting.read(bodies.body(), bodies.start(), bodies.body().length);
    } catch (UnreadableException | MalformedAvroException e) {
      throw new CommandFailedException(
          topic
              + ", partition "
              + record.partition()
              + ", offset "
              + record.offset()
              + " is no costed usage: "
              + (e instanceof UnreadableException unreadable
                  ? unreadable.rejection().message()
                  : e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}

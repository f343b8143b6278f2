package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.benchmarks.process.RungRequest;
import io.tokenmeter.schemas.UsageEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Rung (a): decodes every event with the generated class and adds its cost into hash maps.
 *
 * <p>It is done in a few seconds, so it reads the topic once to warm up, and again to be measured.
 */
public final class PlainConsumer extends ConsumerRung {
  private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A rung for one process. */
  public PlainConsumer(RungRequest request) {
    super(request);
  }

  @Override
  MinuteCosts consume(int thread, List<TopicPartition> partitions) {
    readAll(request.name() + "-warm-up", partitions);
    return readAll(groupId(), partitions);
  }

  private MinuteCosts readAll(String group, List<TopicPartition> partitions) {
    MinuteCosts costs = new MinuteCosts();
    SimplePrices prices = new SimplePrices();
    AvroCodec<UsageEvent> codec = new AvroCodec<>(UsageEvent.getClassSchema());
    UsageEvent reused = new UsageEvent();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(group, partitions)) {
      PartitionReader reader = new PartitionReader(consumer, partitions, this::end);
      long lastCommit = System.nanoTime();
      while (!reader.atEnd()) {
        reader.poll(
            value -> {
              UsageEvent event = codec.decode(value, reused);
              costs.add(event, prices.costPicos(event));
            });
        if (System.nanoTime() - lastCommit > COMMIT_NANOS) {
          consumer.commitAsync(reader.offsets(), null);
          lastCommit = System.nanoTime();
        }
      }
      consumer.commitSync(reader.offsets());
    }
    return costs;
  }
}

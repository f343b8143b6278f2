package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.benchmarks.process.RungRequest;
import io.tokenmeter.benchmarks.process.TotalsCheck;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Rung (b): the plain consumer, and every event again as a costed record, exactly once, in
 * transactions of about a second. Nothing is kept across a restart but the offsets.
 */
public final class TransactionalCopy extends ConsumerRung {
  /** Suffix of the topic that takes the costed records. */
  public static final String COSTED = "costed-usage";

  private static final long COMMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A rung for one process. */
  public TransactionalCopy(RungRequest request) {
    super(request);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if a send did
  MinuteCosts consume(int thread, List<TopicPartition> partitions) {
    MinuteCosts costs = new MinuteCosts();
    SimplePrices prices = new SimplePrices();
    AvroCodec<UsageEvent> events = new AvroCodec<>(UsageEvent.getClassSchema());
    AvroCodec<CostedUsage> costeds = new AvroCodec<>(CostedUsage.getClassSchema());
    UsageEvent reused = new UsageEvent();
    String topic = request.topic(COSTED);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(groupId(), partitions);
        KafkaProducer<byte[], byte[]> producer = producer(thread)) {
      PartitionReader reader = new PartitionReader(consumer, partitions, this::end);
      producer.initTransactions();
      while (!reader.atEnd()) {
        producer.beginTransaction();
        long began = System.nanoTime();
        while (!reader.atEnd() && System.nanoTime() - began < COMMIT_NANOS) {
          reader.poll(
              value -> {
                UsageEvent event = events.decode(value, reused);
                costs.add(event, prices.costPicos(event));
                byte[] key = event.getEventId().getBytes(StandardCharsets.UTF_8);
                byte[] costed = costeds.encode(prices.costed(event));
                producer.send(new ProducerRecord<>(topic, key, costed));
              });
        }
        producer.sendOffsetsToTransaction(reader.offsets(), consumer.groupMetadata());
        producer.commitTransaction();
      }
    }
    return costs;
  }

  private KafkaProducer<byte[], byte[]> producer(int thread) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            request.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            request.name() + "-" + thread,
            ProducerConfig.BATCH_SIZE_CONFIG,
            64 * 1024,
            ProducerConfig.LINGER_MS_CONFIG,
            20),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  @Override
  public List<TotalsCheck> checkTotals() {
    List<TotalsCheck> checks = new ArrayList<>(super.checkTotals());
    checks.add(new OutputTotals(request).costed(request.topic(COSTED), false));
    return checks;
  }
}

package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.benchmarks.process.RungRequest;
import io.tokenmeter.benchmarks.process.TotalsCheck;
import io.tokenmeter.benchmarks.workload.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the plain consumer and the transactional copy share: threads, partitions and totals. */
abstract class ConsumerRung implements RungApplication {
  private static final int MAX_POLL_RECORDS = 5_000;

  final RungRequest request;
  private final List<MinuteCosts> results = new ArrayList<>();
  private CompletableFuture<Void> work = CompletableFuture.completedFuture(null);

  ConsumerRung(RungRequest request) {
    this.request = request;
  }

  /**
   * Reads the given partitions to their ends in the calling thread, and returns what it added up.
   */
  abstract MinuteCosts consume(int thread, List<TopicPartition> partitions);

  @Override
  public String groupId() {
    return request.name();
  }

  @Override
  public void start() {
    List<CompletableFuture<Void>> threads =
        IntStream.range(0, request.threads())
            .mapToObj(thread -> CompletableFuture.runAsync(() -> runThread(thread), this::spawn))
            .toList();
    work = CompletableFuture.allOf(threads.toArray(new CompletableFuture<?>[0]));
  }

  private void spawn(Runnable task) {
    new Thread(task, request.rung().id()).start();
  }

  private void runThread(int thread) {
    List<TopicPartition> partitions =
        IntStream.range(0, request.partitions())
            .filter(partition -> partition % request.threads() == thread)
            .mapToObj(partition -> new TopicPartition(request.inputTopic(), partition))
            .toList();
    MinuteCosts costs = consume(thread, partitions);
    synchronized (results) {
      results.add(costs);
    }
  }

  @Override
  public boolean finished() {
    if (!work.isDone()) {
      return false;
    }
    try {
      work.join();
      return true;
    } catch (CompletionException | CancellationException e) {
      throw new IllegalStateException(request.rung().id() + " failed", e.getCause());
    }
  }

  @Override
  public void close() {
    work.join();
  }

  @Override
  public List<TotalsCheck> checkTotals() {
    Totals exact = request.prefix().totals();
    List<TotalsCheck> checks = new ArrayList<>();
    for (int i = 0; i < MinuteCosts.DIMENSIONS.size(); i++) {
      int dimension = i;
      checks.add(
          new TotalsCheck(
              "hash maps by " + MinuteCosts.DIMENSIONS.get(i),
              exact.events(),
              results.stream().mapToLong(costs -> costs.requests(dimension)).sum(),
              exact.costPicos(),
              results.stream().mapToLong(costs -> costs.picos(dimension)).sum()));
    }
    return checks;
  }

  long end(TopicPartition partition) {
    return request.prefix().endOffsets().get(partition.partition());
  }

  KafkaConsumer<byte[], byte[]> consumer(String group, List<TopicPartition> partitions) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                request.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                MAX_POLL_RECORDS),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(partitions);
    return consumer;
  }
}

package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.benchmarks.process.RungRequest;
import io.tokenmeter.benchmarks.process.TotalsCheck;
import io.tokenmeter.benchmarks.workload.Totals;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.UsageRollup;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Adds up what a rung has committed to its output topics. */
final class OutputTotals {
  private final RungRequest request;
  private final Totals exact;

  OutputTotals(RungRequest request) {
    this.request = request;
    exact = request.prefix().totals();
  }

  /** Adds up all costed records. */
  TotalsCheck costed(String topic, boolean withoutDuplicates) {
    AvroCodec<CostedUsage> codec = new AvroCodec<>(CostedUsage.getClassSchema());
    CostedUsage reused = new CostedUsage();
    AtomicLong events = new AtomicLong();
    AtomicLong picos = new AtomicLong();
    readCommitted(
        topic,
        record -> {
          events.incrementAndGet();
          picos.addAndGet(picos(codec.decode(record.value(), reused).getCostUsd()));
        });
    return check("costed records", withoutDuplicates, events.get(), picos.get());
  }

  /** Adds up the last roll-up of every window and key, apart for each dimension and granularity. */
  List<TotalsCheck> rollups(String topic, boolean withoutDuplicates) {
    AvroCodec<UsageRollup> codec = new AvroCodec<>(UsageRollup.getClassSchema());
    UsageRollup reused = new UsageRollup();
    Map<String, long[]> sums = new TreeMap<>();
    Long2LongOpenHashMap requestsByKey = new Long2LongOpenHashMap();
    Long2LongOpenHashMap picosByKey = new Long2LongOpenHashMap();
    readCommitted(
        topic,
        record -> {
          UsageRollup rollup = codec.decode(record.value(), reused);
          long key = hash(record.key());
          long[] sum =
              sums.computeIfAbsent(
                  rollup.getDimension() + " by " + rollup.getGranularity(), any -> new long[2]);
          sum[0] += rollup.getRequests() - requestsByKey.put(key, rollup.getRequests());
          long picos = picos(rollup.getCostUsd());
          sum[1] += picos - picosByKey.put(key, picos);
        });
    List<TotalsCheck> checks = new ArrayList<>();
    sums.forEach((what, sum) -> checks.add(check(what, withoutDuplicates, sum[0], sum[1])));
    return checks;
  }

  private TotalsCheck check(String what, boolean withoutDuplicates, long events, long picos) {
    return withoutDuplicates
        ? new TotalsCheck(what, exact.distinctEvents(), events, exact.distinctCostPicos(), picos)
        : new TotalsCheck(what, exact.events(), events, exact.costPicos(), picos);
  }

  private static long picos(BigDecimal usd) {
    return usd.movePointRight(12).longValueExact();
  }

  /** 64 bits of a key: among a few million keys, two with the same are not to be expected. */
  private static long hash(byte[] key) {
    long hash = 0xCBF29CE484222325L;
    for (byte part : key) {
      hash = (hash ^ part) * 0x100000001B3L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  private void readCommitted(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            request.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            10_000);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(each);
      }
    }
  }
}

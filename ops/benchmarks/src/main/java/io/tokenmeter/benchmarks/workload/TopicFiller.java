package io.tokenmeter.benchmarks.workload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Writes a workload into a topic, in order of event time in every partition.
 *
 * <p>Events are encoded in parallel and sent by one thread, uncompressed (Kafka's default), in
 * batches of 64 KiB. Partitions are chosen as Kafka's default partitioner does, so every run stays
 * in one.
 */
public final class TopicFiller {
  private static final int CHUNK = 8_000;
  private static final int CHUNKS_AHEAD = 8;

  private final Workload workload;
  private final String topic;
  private final int partitions;
  private final int schemaId;

  /** Will fill {@code topic}, which has {@code partitions} partitions and is empty. */
  public TopicFiller(Workload workload, String topic, int partitions, int schemaId) {
    this.workload = workload;
    this.topic = topic;
    this.partitions = partitions;
    this.schemaId = schemaId;
  }

  /**
   * Writes every event.
   *
   * @param marks after how many events a {@link Prefix} is wanted
   * @return the prefixes in rising order
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps the failure
  public List<Prefix> fill(String bootstrapServers, int threads, List<Long> marks) {
    SortedSet<Long> open = new TreeSet<>(marks);
    List<Prefix> prefixes = new ArrayList<>();
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    ExecutorService encoders = Executors.newFixedThreadPool(threads);
    try (Producer<byte[], byte[]> producer = producer(bootstrapServers)) {
      ArrayDeque<Future<Chunk>> ahead = new ArrayDeque<>();
      long[] ends = new long[partitions];
      Totals totals = Totals.ZERO;
      long nextChunk = 0;
      for (long first = 0; first < workload.events(); first += CHUNK) {
        while (ahead.size() < CHUNKS_AHEAD && nextChunk < workload.events()) {
          long start = nextChunk;
          ahead.add(encoders.submit(() -> encode(start)));
          nextChunk += CHUNK;
        }
        Chunk chunk = ahead.remove().get();
        for (int i = 0; i < chunk.keys.length; i++) {
          int partition = chunk.partitions[i];
          producer.send(
              new ProducerRecord<>(topic, partition, chunk.keys[i], chunk.values[i]),
              (metadata, exception) -> {
                if (exception != null) {
                  failure.compareAndSet(null, exception);
                }
              });
          ends[partition]++;
          totals = totals.plus(chunk.picos[i], chunk.duplicates[i]);
          if (!open.isEmpty() && open.first() == totals.events()) {
            prefixes.add(new Prefix(totals.events(), Arrays.stream(ends).boxed().toList(), totals));
            open.remove(totals.events());
          }
        }
      }
      producer.flush();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Encoding the workload failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while filling " + topic, e);
    } finally {
      encoders.shutdownNow();
    }
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("Filling " + topic + " failed", failed);
    }
    return prefixes;
  }

  private Chunk encode(long first) {
    int size = (int) Math.min(CHUNK, workload.events() - first);
    Chunk chunk = new Chunk(size);
    EventEncoder encoder = new EventEncoder(schemaId);
    GeneratedEvent event = new GeneratedEvent();
    for (int i = 0; i < size; i++) {
      workload.read(first + i, event);
      byte[] key = encoder.key(event);
      chunk.keys[i] = key;
      chunk.values[i] = encoder.value(event);
      chunk.partitions[i] = Utils.toPositive(Utils.murmur2(key)) % partitions;
      chunk.picos[i] = event.costPicos();
      chunk.duplicates[i] = event.isDuplicate();
    }
    return chunk;
  }

  private static Producer<byte[], byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.BATCH_SIZE_CONFIG,
            64 * 1024,
            ProducerConfig.LINGER_MS_CONFIG,
            10,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            128L * 1024 * 1024),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static final class Chunk {
    final byte[][] keys;
    final byte[][] values;
    final int[] partitions;
    final long[] picos;
    final boolean[] duplicates;

    Chunk(int size) {
      keys = new byte[size][];
      values = new byte[size][];
      partitions = new int[size];
      picos = new long[size];
      duplicates = new boolean[size];
    }
  }
}

package io.tokenmeter.benchmarks.workload;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
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
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

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
  public List<Prefix> fill(String bootstrapServers, int threads, List<Long> marks) {
    PrefixRecorder recorder = new PrefixRecorder(partitions, marks);
    ExecutorService encoders = Executors.newFixedThreadPool(threads);
    try (Producer<byte[], byte[]> producer = producer(bootstrapServers)) {
      ArrayDeque<Future<Chunk>> ahead = new ArrayDeque<>();
      long next = 0;
      while (next < workload.events() || !ahead.isEmpty()) {
        while (ahead.size() < CHUNKS_AHEAD && next < workload.events()) {
          long first = next;
          ahead.add(encoders.submit(() -> encode(first)));
          next += CHUNK;
        }
        send(ahead.remove().get(), producer, recorder);
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
    return recorder.prefixes();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps the failure
  private void send(Chunk chunk, Producer<byte[], byte[]> producer, PrefixRecorder recorder) {
    for (int i = 0; i < chunk.keys.length; i++) {
      int partition = chunk.partitions[i];
      producer.send(
          new ProducerRecord<>(topic, partition, chunk.keys[i], chunk.values[i]),
          (metadata, exception) -> {
            if (exception != null) {
              failure.compareAndSet(null, exception);
            }
          });
      recorder.sent(partition, chunk.picos[i], chunk.duplicates[i]);
    }
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

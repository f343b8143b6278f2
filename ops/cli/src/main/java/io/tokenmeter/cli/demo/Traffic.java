package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.cluster.UsageSender;
import io.tokenmeter.schemas.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Sends the generator's records at a steady rate until it is stopped. */
final class Traffic implements AutoCloseable {

  private static final byte[] NO_EVENT = "not an event".getBytes(StandardCharsets.UTF_8);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long SHORTEST_PAUSE_NANOS = 1_000_000;
  // After a pause of the whole machine the traffic goes on, it does not catch up in a burst.
  private static final long FURTHEST_BEHIND_NANOS = NANOS_PER_SECOND;

  private final UsageSender sender;
  private final TrafficGenerator generator;
  private final int perSecond;
  private final DemoFaults faults;
  private final Thread thread = new Thread(this::run, "demo-traffic");
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile boolean stopping;

  Traffic(UsageSender sender, TrafficGenerator generator, DemoFaults faults, int perSecond) {
    this.sender = sender;
    this.generator = generator;
    this.perSecond = perSecond;
    this.faults = faults;
  }

  void start() {
    thread.start();
  }

  /** Why the broker refused a record; null if it did not. */
  @Nullable Exception failure() {
    return failure.get();
  }

  /** Stops and waits until the broker has everything; says where in each partition it ends. */
  Map<TopicPartition, Long> stop() throws InterruptedException {
    stopping = true;
    thread.join();
    sender.flush();
    synchronized (ends) {
      return Map.copyOf(ends);
    }
  }

  private void run() {
    long start = System.nanoTime();
    long sent = 0;
    Instant began = Instant.now();
    while (!stopping) {
      Instant now = Instant.now();
      for (UsageEvent fault : faults.due(Duration.between(began, now), now)) {
        send(DemoRecord.of(fault));
      }
      long behind = System.nanoTime() - start - sent * NANOS_PER_SECOND / perSecond;
      if (behind < 0) {
        LockSupport.parkNanos(Math.max(SHORTEST_PAUSE_NANOS, -behind));
        continue;
      }
      if (behind > FURTHEST_BEHIND_NANOS) {
        start += behind - FURTHEST_BEHIND_NANOS;
      }
      send(generator.next(Instant.now()));
      sent++;
    }
  }

  private void send(DemoRecord record) {
    Callback callback =
        (metadata, exception) -> {
          if (exception != null) {
            failure.compareAndSet(null, exception);
            return;
          }
          synchronized (ends) {
            ends.merge(
                new TopicPartition(metadata.topic(), metadata.partition()),
                metadata.offset() + 1,
                Math::max);
          }
        };
    UsageEvent event = record.event();
    if (event == null) {
      sender.send(record.key(), NO_EVENT, callback);
    } else {
      sender.send(event, callback);
    }
  }

  @Override
  public void close() throws InterruptedException {
    stop();
    sender.close();
  }
}

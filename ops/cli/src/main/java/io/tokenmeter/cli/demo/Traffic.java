package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.cluster.UsageSender;
import io.tokenmeter.schemas.UsageEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Sends the company's usage as its clock goes on, with all that goes wrong, until it is stopped.
 */
final class Traffic implements AutoCloseable {

  private static final byte[] NO_EVENT = "not an event".getBytes(StandardCharsets.UTF_8);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final UsageSender sender;
  private final TrafficGenerator generator;
  private final DemoFaults faults;
  private final Mishaps mishaps;
  private final DemoClock clock;
  private final Thread thread = new Thread(this::run, "demo-traffic");
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Callback callback =
      (metadata, exception) -> {
        if (exception != null) {
          failure.compareAndSet(null, exception);
        }
      };
  private volatile boolean stopping;

  Traffic(
      UsageSender sender,
      TrafficGenerator generator,
      DemoFaults faults,
      Mishaps mishaps,
      DemoClock clock) {
    this.sender = sender;
    this.generator = generator;
    this.faults = faults;
    this.mishaps = mishaps;
    this.clock = clock;
  }

  void start() {
    thread.start();
  }

  /** Why the broker refused a record; null if it did not. */
  @Nullable Exception failure() {
    return failure.get();
  }

  /** Stops and waits until the broker has everything. */
  void stop() throws InterruptedException {
    stopping = true;
    thread.join();
    sender.flush();
  }

  private void run() {
    while (!stopping) {
      Instant now = clock.now();
      List<UsageEvent> events = new ArrayList<>(generator.until(now));
      events.addAll(faults.until(now));
      mishaps.sent(events, now).forEach(this::send);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void send(DemoRecord record) {
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
  }
}

package io.tokenmeter.cli.replay;

import io.tokenmeter.cli.StopSignal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Sends events as far apart as they happened, or a number of times faster, or without a pause. */
final class Pace {

  private static final Duration TOO_SHORT_TO_WAIT = Duration.ofMillis(5);

  private final double speed;
  private @Nullable Instant firstEvent;
  private long startedNanos;

  /** As events happened times the speed; 0: without a pause. */
  Pace(double speed) {
    this.speed = speed;
  }

  /** Waits until it is time for an event; not at all for one that is earlier than another. */
  void await(Instant occurredAt, StopSignal stop) throws InterruptedException {
    if (speed == 0) {
      return;
    }
    if (firstEvent == null) {
      firstEvent = occurredAt;
      startedNanos = System.nanoTime();
    }
    double dueNanos = Duration.between(firstEvent, occurredAt).toNanos() / speed;
    Duration wait = Duration.ofNanos((long) dueNanos - (System.nanoTime() - startedNanos));
    if (wait.compareTo(TOO_SHORT_TO_WAIT) > 0) {
      stop.await(wait);
    }
  }
}

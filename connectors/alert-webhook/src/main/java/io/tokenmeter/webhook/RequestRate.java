package io.tokenmeter.webhook;

import java.util.concurrent.TimeUnit;

/** Lets so many requests a minute through, and up to a sixth of them at once. Not thread-safe. */
final class RequestRate {
  private final double perNano;
  private final double most;
  private double available;
  private long lastNanos;

  RequestRate(int perMinute, long nowNanos) {
    perNano = perMinute / (double) TimeUnit.MINUTES.toNanos(1);
    most = Math.max(1, perMinute / 6);
    available = most;
    lastNanos = nowNanos;
  }

  /** How long the next request has to wait, nanoseconds; 0 if it may go. */
  long waitNanos(long nowNanos) {
    available = Math.min(most, available + (nowNanos - lastNanos) * perNano);
    lastNanos = nowNanos;
    return available >= 1 ? 0 : (long) Math.ceil((1 - available) / perNano);
  }

  /** Notes that a request is sent. */
  void take() {
    available -= 1;
  }
}

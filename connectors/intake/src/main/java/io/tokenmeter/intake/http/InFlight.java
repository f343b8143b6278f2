package io.tokenmeter.intake.http;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many requests are being worked on and how many bytes they hold. What does not fit is
 * refused at once: nothing waits, so nothing piles up.
 */
public final class InFlight {
  private final long maxBytes;
  private final int maxRequests;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();

  /** A bound of at least one request and byte. */
  public InFlight(long maxBytes, int maxRequests) {
    this.maxBytes = maxBytes;
    this.maxRequests = maxRequests;
  }

  /** Bytes that are held now. */
  public long bytes() {
    return bytes.get();
  }

  /** Requests that are being worked on now. */
  public long requests() {
    return requests.get();
  }

  /** Most bytes at any time. */
  long maxBytes() {
    return maxBytes;
  }

  /** Admits a request; null if there are too many. */
  @Nullable Reservation enter() {
    return add(requests, 1, maxRequests) ? new Reservation() : null;
  }

  private static boolean add(AtomicLong counter, long amount, long max) {
    long before = counter.getAndAdd(amount);
    if (before + amount <= max) {
      return true;
    }
    counter.addAndGet(-amount);
    return false;
  }

  /** What one request holds. Closed once, when the request is over. */
  final class Reservation implements AutoCloseable {
    private final AtomicLong held = new AtomicLong();

    /** Takes more bytes; false, and nothing is taken, if they do not fit. */
    boolean grow(long amount) {
      if (!add(bytes, amount, maxBytes)) {
        return false;
      }
      held.addAndGet(amount);
      return true;
    }

    /** Bytes held. */
    long held() {
      return held.get();
    }

    @Override
    public void close() {
      bytes.addAndGet(-held.getAndSet(0));
      requests.decrementAndGet();
    }
  }
}

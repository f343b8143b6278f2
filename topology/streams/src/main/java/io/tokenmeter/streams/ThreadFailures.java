package io.tokenmeter.streams;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Tells threads that fail now and then from threads that keep failing. */
public final class ThreadFailures {
  private static final int MAX_FAILURES = 10;
  private static final long WITHIN_NANOS = Duration.ofMinutes(5).toNanos();

  private final Deque<Long> recent = new ArrayDeque<>();

  /** Notes a failure; true if there were few enough of late that the thread may be replaced. */
  public synchronized boolean mayReplace(long nowNanos) {
    recent.addLast(nowNanos);
    while (nowNanos - recent.getFirst() > WITHIN_NANOS) {
      recent.removeFirst();
    }
    return recent.size() <= MAX_FAILURES;
  }
}

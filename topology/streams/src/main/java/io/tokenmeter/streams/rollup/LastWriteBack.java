package io.tokenmeter.streams.rollup;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Lets the application stop without leaving totals that are in no roll-up, or no record of a run,
 * yet. Nothing would be lost, but they would stay unwritten until it starts again.
 */
public final class LastWriteBack {
  private final Set<Object> pending = ConcurrentHashMap.newKeySet();
  private volatile boolean requested;

  /**
   * Asks every task to write back at its next commit or within half a second, and waits for it for
   * a while.
   */
  public void request(Duration timeout) {
    requested = true;
    long end = System.nanoTime() + timeout.toNanos();
    try {
      while (!pending.isEmpty() && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether everything is to be written out now. */
  public boolean isRequested() {
    return requested;
  }

  /** Notes that a task's stage has something that is not written out. */
  public void isPending(Object task) {
    pending.add(task);
  }

  /** Notes that a task's stage has written out what it had. */
  public void isDone(Object task) {
    pending.remove(task);
  }
}

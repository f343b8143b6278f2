package io.tokenmeter.streams.rollup;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Lets the application stop without leaving totals that are in no roll-up yet. Nothing would be
 * lost, but they would stay unwritten until it starts again.
 */
public final class LastWriteBack {
  private final Set<RollUp> pending = ConcurrentHashMap.newKeySet();
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

  boolean isRequested() {
    return requested;
  }

  void isPending(RollUp task) {
    pending.add(task);
  }

  void isDone(RollUp task) {
    pending.remove(task);
  }
}

package io.tokenmeter.cli.terminal;

import java.io.PrintWriter;

/** One line that says how far things are, rewritten in place; nothing where that cannot be done. */
public final class ProgressLine {

  private static final String TO_START_AND_CLEAR = "\r\u001B[K";
  private static final long EVERY_NANOS = 100_000_000;

  private final PrintWriter out;
  private final boolean live;
  private boolean shown;
  private long lastNanos;

  /** A line on a terminal that can rewrite it, or none. */
  public ProgressLine(PrintWriter out, boolean live) {
    this.out = out;
    this.live = live;
  }

  /** A line where standard error is such a terminal. */
  public static ProgressLine onStandardError(PrintWriter err) {
    return new ProgressLine(err, Terminal.ofStandardError().isLive());
  }

  /** Shows the text instead of the one before, at most ten times a second. */
  public synchronized void show(String text) {
    long now = System.nanoTime();
    if (live && (!shown || now - lastNanos > EVERY_NANOS)) {
      out.print(TO_START_AND_CLEAR + text);
      out.flush();
      shown = true;
      lastNanos = now;
    }
  }

  /** Takes the line away. */
  public synchronized void clear() {
    if (shown) {
      out.print(TO_START_AND_CLEAR);
      out.flush();
      shown = false;
    }
  }
}

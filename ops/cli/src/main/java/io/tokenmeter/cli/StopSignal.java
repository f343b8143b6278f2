package io.tokenmeter.cli;

import io.tokenmeter.cli.terminal.Signals;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into a request to finish, so that a command can print its summary and
 * close what it opened in the right order. A second signal ends the process at once.
 */
public final class StopSignal {

  /** The exit code of a command that a signal cut short, as shells have it for SIGINT. */
  public static final int EXIT_CODE = 130;

  private final CountDownLatch requested = new CountDownLatch(1);

  /** Takes over the signals for the rest of the process. */
  public static StopSignal install() {
    StopSignal stop = new StopSignal();
    Signals.onSignal("INT", stop::signalled);
    Signals.onSignal("TERM", stop::signalled);
    return stop;
  }

  /** Asks to finish, as the signal does. */
  public void request() {
    requested.countDown();
  }

  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /**
   * Goes on, unless a stop is requested.
   *
   * @param when what the command is doing, and what is left of it if it ends now
   * @throws InterruptedCommandException if a stop is requested
   */
  public void requireNone(String when) {
    if (isRequested()) {
      throw new InterruptedCommandException(when);
    }
  }

  /** Waits until a stop is requested, at most for the given time; says whether it was. */
  public boolean await(Duration time) throws InterruptedException {
    return requested.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void signalled() {
    if (isRequested()) {
      System.exit(EXIT_CODE);
    }
    request();
  }
}

package io.tokenmeter.benchmarks.process;

import java.io.IOException;

/** Ends this process when the one that started it has ended, in whatever way. */
final class ParentWatch {

  private ParentWatch() {}

  /** Watches standard input, a pipe that the parent holds open and never writes to. */
  static void start() {
    Thread thread = new Thread(ParentWatch::exitAtEndOfInput, "parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void exitAtEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // Only the end counts.
      }
    } catch (IOException e) {
      // A broken pipe ends the input as well.
    }
    Runtime.getRuntime().halt(1);
  }
}

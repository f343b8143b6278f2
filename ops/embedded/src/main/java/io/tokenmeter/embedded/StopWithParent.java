package io.tokenmeter.embedded;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs a program's main and ends it when standard input closes, which it does when the parent ends,
 * be it by kill -9. Copied alone to the child's class path, so it may use nothing but the JDK.
 */
final class StopWithParent {

  private static final long ORDERLY_EXIT_MILLIS = 5_000;

  private StopWithParent() {}

  /** Arguments: the main class to run, then its own arguments. */
  public static void main(String[] args) throws Throwable {
    daemon("stop-with-parent", StopWithParent::exitAtEndOfInput);
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    try {
      Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void exitAtEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // The parent writes nothing; only the end counts.
      }
    } catch (IOException e) {
      // A broken pipe ends the input as well.
    }
    daemon("halt-if-exit-hangs", StopWithParent::haltLater);
    System.exit(0);
  }

  private static void haltLater() {
    try {
      Thread.sleep(ORDERLY_EXIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}

package io.tokenmeter.cli.terminal;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system.
 *
 * <p>Java has only {@code sun.misc.Signal} for them. It is reached by reflection, because the
 * compiler's warning about it cannot be switched off, and a platform without it merely keeps the
 * default behaviour.
 */
public final class Signals {

  private Signals() {}

  /** Runs the action, in a thread of its own, each time the process receives the signal. */
  public static void onSignal(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  new Thread(action, "signal-" + name).start();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      // No such signal here (Windows has no WINCH): what the platform does by itself must do.
    }
  }
}

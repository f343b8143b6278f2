package io.tokenmeter.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free ports on 127.0.0.1.
 *
 * <p>Below 32768 on purpose, and not the port that the system would hand out for 0: a client that
 * keeps reconnecting to a stopped server on a port of the ephemeral range can end up connected to
 * itself, and then holds the very port that the server needs to start again.
 */
final class LoopbackPorts {

  static final String HOST = "127.0.0.1";

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 200;

  private LoopbackPorts() {}

  /** A port on which nothing listened a moment ago; another process may still take it first. */
  static int findFree() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedException(
        "No free port between %d and %d on %s.".formatted(LOWEST, HIGHEST, HOST));
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(loopback(), port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Fails with the remedy if a port that the user asked for is taken. */
  static void requireFree(int port, String what) {
    if (!isFree(port)) {
      throw new EmbeddedException(
          "Port %d on %s is already in use, so the %s cannot start. Stop the process that listens there, or choose another port (0 takes a free one)."
              .formatted(port, HOST, what));
    }
  }

  private static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
  }
}

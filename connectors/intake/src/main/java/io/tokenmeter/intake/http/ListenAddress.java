package io.tokenmeter.intake.http;

import java.net.InetSocketAddress;
import org.apache.kafka.common.config.ConfigException;

/** An address to listen on, as settings have it: host:port. */
final class ListenAddress {
  private static final int MAX_PORT = 65_535;

  private ListenAddress() {}

  /**
   * Reads an address.
   *
   * @param setting where it stands
   * @throws ConfigException if it is no address
   */
  static InetSocketAddress parse(String setting, String listen) {
    int colon = listen.lastIndexOf(':');
    try {
      int port = Integer.parseInt(listen.substring(colon + 1));
      InetSocketAddress address =
          new InetSocketAddress(listen.substring(0, Math.max(colon, 0)), port);
      if (colon > 0 && port <= MAX_PORT && !address.isUnresolved()) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new ConfigException(setting, listen, "must be host:port, such as 127.0.0.1:4318");
  }

  /** What to say when it cannot be listened on. */
  static ConfigException inUse(String setting, String listen) {
    return new ConfigException(
        setting,
        listen,
        "the address is in use or not of this machine; choose another, or stop what listens there");
  }
}

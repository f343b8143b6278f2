package io.tokenmeter.cli.cluster;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Quiets the registry's client, which warns at its first use about a default that is right for a
 * command. It logs through java.util.logging, past the configured log.
 */
public final class RegistryLog {
  /** Held on to, since a logger that nobody holds forgets its level. */
  private static final Logger CLIENT = Logger.getLogger("io.apicurio.registry");

  private RegistryLog() {}

  /** From now on only what is severe is logged. */
  public static void quiet() {
    CLIENT.setLevel(Level.SEVERE);
  }
}

package io.tokenmeter.streams.registry;

import org.apache.kafka.common.errors.TimeoutException;

/** The registry does not answer. Says nothing about the record that needed it. */
public final class RegistryUnavailableException extends TimeoutException {
  private static final long serialVersionUID = 1L;

  RegistryUnavailableException(Throwable cause) {
    super("the schema registry does not answer: " + cause.getMessage(), cause);
  }

  /** Whether this is why something failed. */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RegistryUnavailableException) {
        return true;
      }
    }
    return false;
  }
}

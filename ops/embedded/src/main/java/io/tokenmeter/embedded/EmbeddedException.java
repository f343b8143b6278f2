package io.tokenmeter.embedded;

/**
 * The embedded environment could not be started or controlled. The message says what happened and,
 * where there is one, what mends it; it is fit to be shown to the person at the terminal.
 */
public final class EmbeddedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EmbeddedException(String message) {
    super(message);
  }

  EmbeddedException(String message, Throwable cause) {
    super(message, cause);
  }
}

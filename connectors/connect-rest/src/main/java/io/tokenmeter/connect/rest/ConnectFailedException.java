package io.tokenmeter.connect.rest;

/** Connect did not do what it was asked; the message is for a person. */
public final class ConnectFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConnectFailedException(String message) {
    super(message);
  }

  ConnectFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.tokenmeter.connect.rest;

/** Connect did not do what it was asked; the message is for a person. */
public final class ConnectException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConnectException(String message) {
    super(message);
  }

  ConnectException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.tokenmeter.streams.avro;

/**
 * Bytes that are not what their schema says. Carries no stack trace: poison records may come in
 * great numbers.
 */
public final class MalformedAvroException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong and where. */
  public MalformedAvroException(String message) {
    super(message, null, false, false);
  }
}

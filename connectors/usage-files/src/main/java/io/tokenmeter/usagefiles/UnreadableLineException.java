package io.tokenmeter.usagefiles;

/** A line that cannot become a usage event; the message says why and names the field. */
public final class UnreadableLineException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableLineException(String message) {
    super(message);
  }
}

package io.tokenmeter.usagefiles;

/** Text that cannot become a usage event; the message says why and names the field. */
public final class UnreadableUsageException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableUsageException(String message) {
    super(message);
  }
}

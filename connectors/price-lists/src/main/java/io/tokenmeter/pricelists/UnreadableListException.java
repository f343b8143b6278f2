package io.tokenmeter.pricelists;

import java.io.IOException;

/** A file that is no document at all, so that not a single row can be read from it. */
public final class UnreadableListException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int line;

  UnreadableListException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** Line at which reading failed, counted from 1. */
  public int line() {
    return line;
  }
}

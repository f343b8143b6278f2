package io.tokenmeter.documents;

import java.io.IOException;

/**
 * A file that is no document at all, or none of the kind that was expected, so that nothing can be
 * read from it.
 */
public final class UnreadableDocumentException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int line;

  /** At a line, counted from 1, and why. */
  public UnreadableDocumentException(int line, String message) {
    super(message);
    this.line = line;
  }

  /** Line at which reading failed, counted from 1. */
  public int line() {
    return line;
  }
}

package io.tokenmeter.domain.reconcile;

/** Kinds of tokens that exports count; totals include their parts. */
public enum TokenKind {
  /** All input tokens, those read from or written to a cache included. */
  INPUT("input"),
  /** Input tokens read from a cache; part of the input. */
  CACHE_READ("cached input"),
  /** Input tokens written to a cache; part of the input. */
  CACHE_WRITE("cache writes"),
  /** All output tokens, reasoning included. */
  OUTPUT("output");

  private final String label;

  TokenKind(String label) {
    this.label = label;
  }

  /** What people call it. */
  public String label() {
    return label;
  }
}

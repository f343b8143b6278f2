package io.tokenmeter.pricelists;

/** How bad a finding is. */
public enum Severity {
  /** The row cannot be used, or two rows contradict each other. */
  ERROR,
  /** The row can be used, but a price is missing, doubtful or not what the list says. */
  WARNING,
  /** Worth knowing: something was rounded, folded or left out without changing a price. */
  INFO
}

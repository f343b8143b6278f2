package io.tokenmeter.domain.usage;

/** Whether an event carries cost. */
public enum CostRole {
  /** A request of its own: it is billed. */
  LEAF,
  /** A span that sums up others: it adds structure, never money. */
  ROLLUP
}

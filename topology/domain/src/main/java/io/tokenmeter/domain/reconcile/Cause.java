package io.tokenmeter.domain.reconcile;

/** Why what is billed and what was metered may differ. */
public enum Cause {
  /** Usage was billed of which no or too few events came in. */
  MISSING_EVENTS,
  /** More was metered than is billed. */
  SURPLUS_EVENTS,
  /** Events were metered of which the export has no line. */
  NO_LINE,
  /** Days begin at another time. */
  DAY_SHIFT,
  /** Requests have no price yet. */
  UNPRICED,
  /** Cached tokens are counted otherwise. */
  CACHED_TOKENS,
  /** Batch traffic is taken for standard traffic, or the reverse. */
  BATCH_TIER,
  /** Tokens agree, and the price is another one. */
  PRICE,
  /** No more than the rounding of the export's lines. */
  ROUNDING,
  /** No single cause explains it. */
  UNKNOWN
}

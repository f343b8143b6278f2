package io.tokenmeter.domain.cost;

/** How well an event could be priced. */
public enum PricingStatus {
  /** Every unit at its own rate. */
  PRICED,
  /** Some unit at the rate of a larger unit, or of the standard tier; the record says which. */
  FALLBACK,
  /** No price covers the event, or some unit of it. It has no cost, which is not a cost of 0. */
  UNPRICED
}

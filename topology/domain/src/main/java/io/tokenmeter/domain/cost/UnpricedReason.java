package io.tokenmeter.domain.cost;

/** Why an event has no cost. */
public enum UnpricedReason {
  /** No row names the model under the event's provider. */
  UNKNOWN_MODEL,
  /** Rows name the model, but none covers the event's time, region, project and team. */
  NOT_EFFECTIVE,
  /** The row has no price for a unit that the event used, nor for a unit it is part of. */
  UNIT_NOT_PRICED
}

package io.tokenmeter.domain.usage;

/** Why an event is rejected. The names stand in rejected-events and in metrics. */
public enum RejectionReason {
  /** The bytes are not a record in the registry's wire format, or do not decode. */
  UNDECODABLE,
  /** The registry has no schema of the record's id. */
  UNKNOWN_SCHEMA,
  /** The schema of the record's id cannot be read as a usage event. */
  INCOMPATIBLE_SCHEMA,
  /** The record is larger than allowed. */
  TOO_LARGE,
  /** A required field is absent or empty. */
  MISSING_FIELD,
  /** A field's value is of the wrong type or form. */
  MALFORMED_FIELD,
  /** An enumerated field carries a value it does not know. */
  UNKNOWN_VALUE,
  /** A text is longer than allowed. */
  TEXT_TOO_LONG,
  /** A count or quantity is below zero. */
  NEGATIVE_COUNT,
  /** A count or quantity is larger than any request's. */
  IMPLAUSIBLE_COUNT,
  /** A token count is not whole. */
  FRACTIONAL_TOKENS,
  /** The parts exceed their total, or one unit is reported twice with different counts. */
  CONTRADICTORY_COUNTS,
  /** The event happened too long after it arrived. */
  OCCURRED_IN_FUTURE,
  /** The event happened before there was anything to meter. */
  OCCURRED_TOO_EARLY
}

package io.tokenmeter.domain.alert;

/** How urgent an alert is, by the dollars at stake. */
public enum Severity {
  /** To be read some time. */
  INFO,
  /** To be looked at today. */
  WARNING,
  /** To be looked at now. */
  CRITICAL
}

package io.tokenmeter.domain.alert;

/** Whether the cause of an alert persists. */
public enum AlertState {
  /** The cause persists. */
  FIRING,
  /** The cause has ended. */
  RESOLVED
}

package io.tokenmeter.domain.alert;

import java.time.Duration;

/**
 * How findings become alerts.
 *
 * @param siblingWait how long a finding waits for others of the same cause before its alert fires,
 *     by the joiner's own clock; longer than tasks take to write back one after the other
 * @param coolDown how long after an alert of a subject and cause that comes and goes the next one
 *     is held back, event time; one that ends within it is not reported
 */
public record JoinRules(Duration siblingWait, Duration coolDown) {
  /** What holds where nothing else is configured. */
  public static final JoinRules DEFAULT =
      new JoinRules(Duration.ofSeconds(8), Duration.ofMinutes(30));
}

package io.tokenmeter.webhook;

import java.util.Set;

/**
 * Which alerts are posted.
 *
 * @param minSeverity alerts below it are not
 * @param detectors detectors whose alerts are; empty for all
 * @param resolved whether the end of an alert is
 */
record AlertFilter(AlertRecord.Severity minSeverity, Set<String> detectors, boolean resolved) {

  boolean passes(AlertRecord alert) {
    return alert.severity().compareTo(minSeverity) >= 0
        && (detectors.isEmpty() || detectors.contains(alert.detector()))
        && (resolved || alert.firing());
  }
}

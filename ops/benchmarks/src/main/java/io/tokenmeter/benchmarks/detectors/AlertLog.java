package io.tokenmeter.benchmarks.detectors;

import io.tokenmeter.domain.alert.Alert;
import io.tokenmeter.domain.alert.AlertState;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.IncidentJoiner;
import io.tokenmeter.domain.alert.JoinRules;
import io.tokenmeter.domain.alert.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Joins a contender's findings into the alerts that people would see, as the application does, and
 * keeps them.
 */
final class AlertLog {
  private static final long MICROS_PER_MILLI = 1000;

  private final long fromMicros;
  private final IncidentJoiner joiner = new IncidentJoiner(JoinRules.DEFAULT);
  private final List<RaisedAlert> alerts = new ArrayList<>();
  private long lastMicros;

  /**
   * An empty log.
   *
   * @param fromMicros alerts before this time do not count
   */
  AlertLog(long fromMicros) {
    this.fromMicros = fromMicros;
  }

  /**
   * Takes findings of a tick.
   *
   * @param nowMicros end of the tick; the joiner's clock is event time
   */
  void take(List<Finding> findings, long nowMicros) {
    fireWhatHasWaited(nowMicros);
    for (Finding finding : findings) {
      keep(joiner.on(finding, nowMicros / MICROS_PER_MILLI), nowMicros);
    }
    lastMicros = nowMicros;
  }

  /** What has waited for siblings since the last tick fires when its wait is over, not later. */
  private void fireWhatHasWaited(long nowMicros) {
    long atMicros =
        Math.min(
            nowMicros, lastMicros + JoinRules.DEFAULT.siblingWait().toMillis() * MICROS_PER_MILLI);
    keep(joiner.tick(atMicros / MICROS_PER_MILLI), atMicros);
  }

  private void keep(List<Alert> joined, long atMicros) {
    for (Alert alert : joined) {
      // Who joins while it fires is named only in its end, which helps nobody find the cause.
      if (alert.state() == AlertState.FIRING && atMicros >= fromMicros) {
        Set<Subject> subjects = new HashSet<>(alert.also());
        subjects.add(alert.subject());
        alerts.add(new RaisedAlert(atMicros, subjects, alert.sentence()));
      }
    }
  }

  List<RaisedAlert> alerts() {
    return List.copyOf(alerts);
  }
}

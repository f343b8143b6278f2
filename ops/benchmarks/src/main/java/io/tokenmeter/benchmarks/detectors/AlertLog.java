package io.tokenmeter.benchmarks.detectors;

import io.tokenmeter.domain.alert.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns a contender's findings into the alerts that people would see, and keeps them. */
final class AlertLog {
  private final long fromMicros;
  private final List<RaisedAlert> alerts = new ArrayList<>();

  /**
   * An empty log.
   *
   * @param fromMicros alerts before this time do not count
   */
  AlertLog(long fromMicros) {
    this.fromMicros = fromMicros;
  }

  void take(List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.firing() && finding.atMicros() >= fromMicros) {
        alerts.add(
            new RaisedAlert(finding.atMicros(), Set.of(finding.subject()), finding.sentence()));
      }
    }
  }

  List<RaisedAlert> alerts() {
    return alerts;
  }
}

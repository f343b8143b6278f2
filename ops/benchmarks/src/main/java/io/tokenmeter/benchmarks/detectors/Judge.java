package io.tokenmeter.benchmarks.detectors;

import io.tokenmeter.benchmarks.detectors.spend.Fault;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Matches alerts with faults.
 *
 * <p>A fault is detected by the first alert between its start and its end, and some minutes of
 * grace, that names its subject. Any other alert in that time for its subject, or for one that only
 * shares the spend (the key's project, say), is a repetition. An alert that matches no fault is
 * wrong. Only the first kind counts for precision.
 */
final class Judge {
  /** How long after its end a fault may still be reported: its last minutes take that to arrive. */
  static final long GRACE_MICROS = 10 * 60_000_000L;

  private Judge() {}

  static Verdict verdict(List<Fault> faults, List<RaisedAlert> alerts) {
    Map<Fault, Long> detected = new LinkedHashMap<>();
    int useful = 0;
    int repeated = 0;
    for (RaisedAlert alert : alerts) {
      List<Fault> named = named(faults, alert);
      List<Fault> fresh = named.stream().filter(each -> !detected.containsKey(each)).toList();
      if (!fresh.isEmpty()) {
        fresh.forEach(fault -> detected.put(fault, alert.atMicros() - fault.startMicros()));
        useful++;
      } else if (!named.isEmpty() || touches(faults, alert)) {
        repeated++;
      }
    }
    int wrong = alerts.size() - useful - repeated;
    return new Verdict(Map.copyOf(detected), alerts.size(), useful, repeated, wrong);
  }

  private static List<Fault> named(List<Fault> faults, RaisedAlert alert) {
    return faults.stream()
        .filter(fault -> isOn(fault, alert) && alert.subjects().contains(fault.subject()))
        .toList();
  }

  private static boolean touches(List<Fault> faults, RaisedAlert alert) {
    return faults.stream()
        .anyMatch(
            fault ->
                isOn(fault, alert) && !Collections.disjoint(fault.touched(), alert.subjects()));
  }

  private static boolean isOn(Fault fault, RaisedAlert alert) {
    return alert.atMicros() >= fault.startMicros()
        && alert.atMicros() <= fault.endMicros() + GRACE_MICROS;
  }
}

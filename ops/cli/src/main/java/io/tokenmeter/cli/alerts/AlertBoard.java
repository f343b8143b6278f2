package io.tokenmeter.cli.alerts;

import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertState;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The latest state of each alert. */
public final class AlertBoard {
  private static final Comparator<Alert> MOST_URGENT_FIRST =
      Comparator.<Alert, Boolean>comparing(alert -> !isFiring(alert))
          .thenComparing(Alert::getSeverity, Comparator.reverseOrder())
          .thenComparing(AlertBoard::atStake, Comparator.reverseOrder())
          .thenComparing(Alert::getUpdatedAt, Comparator.reverseOrder())
          .thenComparing(Alert::getAlertId);

  private final Map<String, Alert> latest = new LinkedHashMap<>();

  /** Takes in what a record says of an alert. */
  public void accept(Alert alert) {
    latest.put(alert.getAlertId(), alert);
  }

  /** Forgets an alert that was deleted from the topic. */
  void forget(String id) {
    latest.remove(id);
  }

  /** All alerts, in the order in which they were heard of first. */
  public Collection<Alert> all() {
    return latest.values();
  }

  /** Those that are wanted: firing before resolved, then by severity and dollars. */
  List<Alert> sorted(Predicate<Alert> wanted) {
    return latest.values().stream().filter(wanted).sorted(MOST_URGENT_FIRST).toList();
  }

  /** Number of alerts that fire. */
  public long firing() {
    return latest.values().stream().filter(AlertBoard::isFiring).count();
  }

  static boolean isFiring(Alert alert) {
    return alert.getState() == AlertState.FIRING;
  }

  static BigDecimal atStake(Alert alert) {
    BigDecimal stake = alert.getAtStakeUsd();
    return stake == null ? BigDecimal.ZERO : stake;
  }
}

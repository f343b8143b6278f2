package io.tokenmeter.warehouse.endtoend;

import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.UsageRollup;
import io.tokenmeter.schemas.WorkflowRun;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is in the topics, written as the queries of the tests write it. */
final class Figures {

  private static final int SCALE = 12;

  private Figures() {}

  static List<String> ofCostedUsage(List<CostedUsage> events) {
    return rows(
        events,
        e ->
            "%s %d %s %d"
                .formatted(
                    e.getEventId(), e.getRevision(), text(e.getCostUsd()), e.getLines().size()));
  }

  static List<String> withoutLines(List<CostedUsage> events) {
    return rows(
        events, e -> "%s %d %s 0".formatted(e.getEventId(), e.getRevision(), text(e.getCostUsd())));
  }

  /** Requests and cost of every granularity and dimension. */
  static List<String> ofRollups(List<UsageRollup> rollups) {
    Map<String, Long> requests = new HashMap<>();
    Map<String, BigDecimal> costs = new HashMap<>();
    for (UsageRollup rollup : rollups) {
      String group = rollup.getGranularity() + " " + rollup.getDimension();
      requests.merge(group, rollup.getRequests(), Long::sum);
      costs.merge(group, rollup.getCostUsd(), BigDecimal::add);
    }
    return rows(
        List.copyOf(costs.keySet()),
        group -> "%s %d %s".formatted(group, requests.get(group), text(costs.get(group))));
  }

  static List<String> ofRuns(List<WorkflowRun> runs) {
    return rows(
        runs,
        run ->
            "%s %d %d %s %d"
                .formatted(
                    run.getRunId(),
                    run.getRevision(),
                    run.getSteps(),
                    text(run.getCostUsd()),
                    run.getByModel().size()));
  }

  static List<String> sumOfRuns(List<WorkflowRun> runs) {
    BigDecimal sum =
        runs.stream().map(WorkflowRun::getCostUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
    return List.of(runs.size() + " " + text(sum));
  }

  static List<String> ofAlerts(List<Alert> alerts) {
    return rows(
        alerts,
        alert ->
            "%s %s %s %d"
                .formatted(
                    alert.getAlertId(),
                    alert.getState(),
                    alert.getDetector(),
                    ChronoUnit.MICROS.between(Instant.EPOCH, alert.getSince())));
  }

  static List<String> statesOfAlerts(List<Alert> alerts) {
    return rows(alerts, alert -> alert.getAlertId() + " " + alert.getState());
  }

  private static <T> List<String> rows(List<T> records, Function<T, String> row) {
    return WarehouseEndToEndTest.sorted(records.stream().map(row).toList());
  }

  private static String text(@Nullable BigDecimal money) {
    return money == null ? "-" : money.setScale(SCALE).toPlainString();
  }
}

package io.tokenmeter.domain.budget;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A budget under watch, with a clock that the test moves. */
final class Watched {
  static final Subject HELPDESK = new Subject("team", "helpdesk");

  final List<Finding> findings = new ArrayList<>();
  Budget budget;
  BudgetPolicy policy = BudgetPolicy.DEFAULT;
  BudgetState state;
  Instant now;

  private Watched(Budget budget, String start) {
    this.budget = budget;
    now = Instant.parse(start);
    state = BudgetState.of(budget);
    judge();
  }

  static Watched monthly(String limit, String zone, String start) {
    return new Watched(budget(BudgetPeriod.MONTH, limit, zone), start);
  }

  static Watched daily(String limit, String zone, String start) {
    return new Watched(budget(BudgetPeriod.DAY, limit, zone), start);
  }

  /** Without the forecast, where a test is about thresholds alone. */
  Watched thresholdsOnly() {
    policy = new BudgetPolicy(true, false, policy.warning(), policy.critical());
    return this;
  }

  Watched spend(String dollars) {
    return spendAt(now, dollars);
  }

  Watched spendAt(Instant time, String dollars) {
    state.add(time.getEpochSecond() / 60, Money.parse(dollars));
    return judge();
  }

  Watched at(String time) {
    now = Instant.parse(time);
    return judge();
  }

  Watched after(Duration time) {
    now = now.plus(time);
    return judge();
  }

  Watched limit(String dollars) {
    return change(budget.thresholds(), dollars);
  }

  Watched thresholds(Integer... percents) {
    return change(List.of(percents), budget.limit().toPlainString());
  }

  private Watched change(List<Integer> thresholds, String limit) {
    budget =
        new Budget(
            budget.id(),
            budget.subject(),
            budget.period(),
            Money.parse(limit),
            budget.zone(),
            thresholds,
            null);
    return judge();
  }

  /** What happens at a restart. */
  Watched restart() {
    state = BudgetState.decode(state.encode());
    return judge();
  }

  Watched judge() {
    findings.addAll(
        BudgetWatch.judge(budget, state, policy, ChronoUnit.MICROS.between(Instant.EPOCH, now)));
    return this;
  }

  /**
   * What was found since the last call: {@code +80%} where it began, {@code -80%} where it ended.
   */
  List<String> found() {
    return drain().stream()
        .map(
            finding ->
                (finding.firing() ? "+" : "-")
                    + finding.cause().substring(finding.cause().lastIndexOf(' ') + 1))
        .toList();
  }

  List<Finding> drain() {
    List<Finding> drained = List.copyOf(findings);
    findings.clear();
    return drained;
  }

  static Budget budget(BudgetPeriod period, String limit, String zone) {
    return new Budget(
        "helpdesk", HELPDESK, period, Money.parse(limit), ZoneId.of(zone), Budget.THRESHOLDS, null);
  }
}

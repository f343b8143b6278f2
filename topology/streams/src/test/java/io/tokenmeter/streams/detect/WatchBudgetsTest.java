package io.tokenmeter.streams.detect;

import static io.tokenmeter.streams.fixture.Usage.GPT_4O;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.budget.Budget;
import io.tokenmeter.domain.budget.BudgetPeriod;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.policy.Policy;
import io.tokenmeter.domain.policy.SubjectPattern;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.streams.fixture.Flow;
import io.tokenmeter.streams.fixture.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From events to the alerts of a budget, through the roll-ups. Flow.START is 10:30 of 15 March. */
class WatchBudgetsTest {
  private static final long DOLLAR_OF_INPUT = 400_000;

  private int events;

  @Test
  void thresholds_fireOnceEachInOrderAndEndWhenTheLimitIsRaised() {
    try (Flow flow = start()) {
      flow.publish(GPT_4O).publish(budget("10", BudgetPeriod.MONTH, "UTC"));
      spend(flow, "helpdesk", Flow.START, 4);
      assertThat(said(flow.alerts())).isEmpty();

      spend(flow, "helpdesk", Flow.START, 1);
      List<Alert> half = flow.alerts();
      assertThat(said(half)).containsExactly("FIRING b 50%");
      assertThat(half.get(0).getAlertId())
          .isEqualTo("budget/b%2050%25/team/helpdesk/2026-03-15T10:30:00Z");
      assertThat(half.get(0).getDimension()).isEqualTo("team");
      assertThat(half.get(0).getKey()).isEqualTo("helpdesk");
      assertThat(half.get(0).getObservedUsd()).isEqualTo(Usage.usd("5"));
      assertThat(half.get(0).getThresholdUsd()).isEqualTo(Usage.usd("5"));
      assertThat(half.get(0).getSentence())
          .isEqualTo("team:helpdesk has spent $5 of its $10 for March (50 %).");

      spend(flow, "helpdesk", Flow.START, 6);
      assertThat(said(flow.alerts())).containsExactly("FIRING b 80%", "FIRING b 100%");

      // Nothing is used meanwhile: the change of the budget alone is noticed.
      flow.publish(budget("20", BudgetPeriod.MONTH, "UTC")).advance(Duration.ofSeconds(1));
      List<Alert> ended = flow.alerts();
      assertThat(said(ended)).containsExactly("RESOLVED b 80%", "RESOLVED b 100%");
      assertThat(ended.get(1).getSentence())
          .contains(
              "The limit was raised: team:helpdesk has spent $11 of its $20 for March (55 %).");
      spend(flow, "helpdesk", Flow.START, 4);
      assertThat(said(flow.alerts())).isEmpty();
      spend(flow, "helpdesk", Flow.START, 1);
      assertThat(said(flow.alerts())).containsExactly("FIRING b 80%");
    }
  }

  @Test
  void budgetInTheMiddleOfItsPeriod_countsWhatWasSpentBeforeInItsOwnZone() {
    // Midnight in Kolkata was 18:30Z of the day before; the roll-ups are in UTC.
    try (Flow flow = start()) {
      flow.publish(GPT_4O);
      spend(flow, "helpdesk", Instant.parse("2026-03-14T18:29:59Z"), 100);
      spend(flow, "helpdesk", Instant.parse("2026-03-14T18:30:00Z"), 1);
      spend(flow, "helpdesk", Instant.parse("2026-03-14T22:10:00Z"), 2);
      spend(flow, "helpdesk", Instant.parse("2026-03-15T10:29:00Z"), 2);
      flow.publish(budget("10", BudgetPeriod.DAY, "Asia/Kolkata")).advance(Duration.ofSeconds(1));

      List<Alert> alerts = flow.alerts();
      assertThat(said(alerts)).containsExactly("FIRING b 50%");
      assertThat(alerts.get(0).getSentence())
          .startsWith("team:helpdesk has spent $5 of its $10 for 15 March (50 %)");

      spend(flow, "helpdesk", Instant.parse("2026-03-15T00:00:00Z"), 3);
      assertThat(said(flow.alerts())).containsExactly("FIRING b 80%");
    }
  }

  @Test
  void budgetThatComesWithUsage_countsItOnce() {
    try (Flow flow = start()) {
      flow.publish(GPT_4O).publish(budget("10", BudgetPeriod.DAY, "UTC"));
      spend(flow, "helpdesk", Flow.START, 3);
      spend(flow, "helpdesk", Flow.START, 1);

      assertThat(said(flow.alerts())).isEmpty();
    }
  }

  @Test
  void spendOfOthers_isNotThisBudgets() {
    try (Flow flow = start()) {
      flow.publish(GPT_4O).publish(budget("10", BudgetPeriod.DAY, "UTC"));
      spend(flow, "research", Flow.START, 50);

      assertThat(said(flow.alerts())).isEmpty();
    }
  }

  @Test
  void usageWithoutATeam_canHaveABudgetToo() {
    try (Flow flow = start()) {
      flow.publish(GPT_4O).publish(budget("", "10", BudgetPeriod.DAY, "UTC"));
      spend(flow, null, Flow.START, 5);

      assertThat(flow.alerts().get(0).getSentence())
          .startsWith("usage without team has spent $5 of its $10 for 15 March (50 %)");
    }
  }

  @Test
  void costThatComesWithItsPrice_counts() {
    try (Flow flow = start()) {
      flow.publish(budget("10", BudgetPeriod.DAY, "UTC"));
      spend(flow, "helpdesk", Flow.START, 9);
      assertThat(said(flow.alerts())).containsExactly("FIRING unpriced");

      flow.publish(GPT_4O).advance(Duration.ofSeconds(2)).advance(Duration.ofSeconds(2));
      assertThat(said(flow.alerts())).contains("FIRING b 50%", "FIRING b 80%");
    }
  }

  @Test
  void nextDay_endsTheAlertsAndBeginsAnew() {
    try (Flow flow = start()) {
      flow.publish(GPT_4O).publish(budget("10", BudgetPeriod.DAY, "UTC"));
      spend(flow, "helpdesk", Flow.START, 6);
      assertThat(said(flow.alerts())).containsExactly("FIRING b 50%");

      flow.advance(Duration.ofHours(14));
      spend(flow, "helpdesk", Flow.START.plus(Duration.ofHours(14)), 1);
      List<Alert> ended = flow.alerts();
      assertThat(said(ended)).containsExactly("RESOLVED b 50%");
      assertThat(ended.get(0).getSentence()).contains("15 March is over: team:helpdesk spent $6");
      spend(flow, "helpdesk", Flow.START.plus(Duration.ofHours(14)), 4);
      assertThat(said(flow.alerts())).containsExactly("FIRING b 50%");
    }
  }

  @Test
  void usageDatedAhead_doesNotEndTheDay() {
    try (Flow flow = start()) {
      flow.publish(GPT_4O).publish(budget("10", BudgetPeriod.DAY, "UTC"));
      spend(flow, "helpdesk", Flow.START, 6);
      spend(flow, "helpdesk", Flow.START.plus(Duration.ofHours(20)), 1);
      spend(flow, "helpdesk", Flow.START, 2);

      assertThat(said(flow.alerts())).containsExactly("FIRING b 50%", "FIRING b 80%");
    }
  }

  @Test
  void removedBudget_endsItsAlerts() {
    try (Flow flow = start()) {
      flow.publish(GPT_4O).publish(budget("10", BudgetPeriod.DAY, "UTC"));
      spend(flow, "helpdesk", Flow.START, 6);
      flow.alerts();

      flow.remove("budgets", "b").advance(Duration.ofSeconds(1));
      assertThat(said(flow.alerts())).containsExactly("RESOLVED b 50%");
      spend(flow, "helpdesk", Flow.START, 6);
      assertThat(said(flow.alerts())).isEmpty();
    }
  }

  @Test
  void budgetThatBecomesAnothers_endsItsAlertsAndCountsForTheOther() {
    try (Flow flow = start()) {
      flow.publish(GPT_4O).publish(budget("10", BudgetPeriod.DAY, "UTC"));
      spend(flow, "helpdesk", Flow.START, 6);
      spend(flow, "research", Flow.START, 9);
      flow.alerts();

      flow.publish(budget("research", "10", BudgetPeriod.DAY, "UTC"))
          .advance(Duration.ofSeconds(1));
      assertThat(flow.alerts())
          .extracting(alert -> alert.getState() + " " + alert.getKey() + " " + alert.getCause())
          .containsExactlyInAnyOrder(
              "RESOLVED helpdesk b 50%", "FIRING research b 50%", "FIRING research b 80%");
    }
  }

  @Test
  void policyThatSwitchesBudgetsOff_holdsAtOnce() {
    try (Flow flow = start()) {
      flow.publish(GPT_4O).publish(budget("10", BudgetPeriod.DAY, "UTC"));
      spend(flow, "helpdesk", Flow.START, 6);
      flow.alerts();

      flow.publish(Policy.of("budget", SubjectPattern.parse("team:*"), false, Map.of()))
          .advance(Duration.ofSeconds(1));
      assertThat(said(flow.alerts())).containsExactly("RESOLVED b 50%");
    }
  }

  private void spend(Flow flow, String team, Instant time, int dollars) {
    flow.send(
        Usage.request("e" + events++)
            .setOccurredAt(time)
            .setTeam(team)
            .setInputTokens(dollars * DOLLAR_OF_INPUT)
            .setOutputTokens(0L)
            .build());
    assertThat(flow.costed()).hasSize(1);
  }

  /** Requests of some dollars each are no spikes here. */
  private static Flow start() {
    return Flow.start().publish(Policy.of("request-spike", SubjectPattern.ALL, false, Map.of()));
  }

  private static List<String> said(List<Alert> alerts) {
    return alerts.stream().map(alert -> alert.getState() + " " + alert.getCause()).toList();
  }

  private static Budget budget(String limit, BudgetPeriod period, String zone) {
    return budget("helpdesk", limit, period, zone);
  }

  private static Budget budget(String team, String limit, BudgetPeriod period, String zone) {
    return new Budget(
        "b",
        new Subject("team", team),
        period,
        Money.parse(limit),
        ZoneId.of(zone),
        Budget.THRESHOLDS,
        null);
  }
}

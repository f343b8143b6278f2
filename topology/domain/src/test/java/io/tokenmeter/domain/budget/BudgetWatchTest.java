package io.tokenmeter.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetWatchTest {

  @Test
  void thresholds_fireOnceEachInOrder() {
    Watched watched = Watched.monthly("50", "UTC", "2026-11-03T10:00:00Z").thresholdsOnly();

    assertThat(watched.spend("24.999999999999").found()).isEmpty();
    assertThat(watched.spend("0.000000000001").found()).containsExactly("+50%");
    assertThat(watched.spend("14").found()).isEmpty();
    assertThat(watched.spend("1").found()).containsExactly("+80%");
    assertThat(watched.spend("9.99").found()).isEmpty();
    assertThat(watched.spend("0.01").found()).containsExactly("+100%");
    assertThat(watched.spend("1000").found()).isEmpty();
  }

  @Test
  void severalThresholdsReachedAtOnce_fireInOrder() {
    Watched watched = Watched.monthly("50", "UTC", "2026-11-03T10:00:00Z").thresholdsOnly();

    assertThat(watched.spend("60").found()).containsExactly("+50%", "+80%", "+100%");
  }

  @Test
  void restart_neitherRepeatsNorLosesAThreshold() {
    Watched watched = Watched.monthly("50", "UTC", "2026-11-03T10:00:00Z").thresholdsOnly();

    assertThat(watched.spend("30").restart().found()).containsExactly("+50%");
    assertThat(watched.restart().spend("15").restart().restart().found()).containsExactly("+80%");
    assertThat(watched.spend("5").restart().found()).containsExactly("+100%");
  }

  @Test
  void finding_saysAllThereIsToSay() {
    Watched watched = Watched.monthly("50", "UTC", "2026-11-20T10:00:00Z").thresholdsOnly();
    Finding finding = watched.spend("41.20").drain().get(1);

    assertThat(finding.detector()).isEqualTo(Detector.BUDGET);
    assertThat(finding.cause()).isEqualTo("helpdesk 80%");
    assertThat(finding.subject()).isEqualTo(Watched.HELPDESK);
    assertThat(finding.firing()).isTrue();
    assertThat(finding.sinceMicros()).isEqualTo(micros("2026-11-20T10:00:00Z"));
    assertThat(finding.atMicros()).isEqualTo(micros("2026-11-20T10:00:00Z"));
    assertThat(finding.windowStartMicros()).isEqualTo(micros("2026-11-01T00:00:00Z"));
    assertThat(finding.windowEndMicros()).isEqualTo(micros("2026-12-01T00:00:00Z"));
    assertThat(finding.observed()).isEqualTo(Money.parse("41.2"));
    assertThat(finding.threshold()).isEqualTo(Money.parse("40"));
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
    assertThat(finding.sentence())
        .isEqualTo("team:helpdesk has spent $41.20 of its $50 for November (82 %).");
  }

  @Test
  void sentence_saysWhenTheLimitIsReachedAtThePresentRate() {
    Watched watched = Watched.monthly("50", "UTC", "2026-11-01T12:00:00Z").thresholdsOnly();
    for (int day = 1; day <= 20; day++) {
      watched.spend("2").after(Duration.ofDays(1));
    }

    // $40 in 20 days, $2 a day: $10 more take five days from the 21st at noon on.
    List<Finding> findings = watched.drain();
    assertThat(findings).hasSize(2);
    assertThat(findings.get(1).sentence())
        .isEqualTo(
            "team:helpdesk has spent $40 of its $50 for November (80 %); at the present rate the"
                + " limit is reached on 25 November around 12:00 UTC.");
  }

  @Test
  void overTheLimit_theNextDaysSpendIsAtStake() {
    Watched watched = Watched.daily("24", "UTC", "2026-11-20T00:30:00Z").thresholdsOnly();
    for (int hour = 0; hour < 12; hour++) {
      watched.spend("2").after(Duration.ofHours(1));
    }

    // $2 an hour for 24 hours, whatever becomes of this day's budget.
    Finding reached = watched.drain().get(2);
    assertThat(reached.cause()).isEqualTo("helpdesk 100%");
    assertThat(reached.atStake()).isEqualTo(Money.parse("48"));
    assertThat(reached.severity()).isEqualTo(Severity.WARNING);
    assertThat(reached.sentence())
        .isEqualTo(
            "team:helpdesk has spent $24 of its $24 for 20 November (100 %); at the present rate it"
                + " spends $25 more by its end.");
  }

  @Test
  void severity_followsTheDollarsAtStakeAndIsAWarningFromEightyPercentOn() {
    Watched small = Watched.daily("1", "UTC", "2026-11-20T05:00:00Z").thresholdsOnly();
    assertThat(small.spend("0.5").drain().get(0).severity()).isEqualTo(Severity.INFO);
    assertThat(small.spend("0.3").drain().get(0).severity()).isEqualTo(Severity.WARNING);

    Watched large = Watched.daily("1000", "UTC", "2026-11-20T05:00:00Z").thresholdsOnly();
    assertThat(large.spend("1200").drain())
        .extracting(Finding::severity)
        .containsOnly(Severity.CRITICAL);
  }

  @Test
  void endOfThePeriod_endsAlertsAndArmsThemAgain() {
    Watched watched = Watched.monthly("50", "UTC", "2026-11-29T10:00:00Z").thresholdsOnly();
    watched.spend("45").drain();

    watched.at("2026-12-01T00:07:00Z");
    List<Finding> ended = watched.drain();
    assertThat(ended).hasSize(2).noneMatch(Finding::firing);
    assertThat(ended.get(0).cause()).isEqualTo("helpdesk 50%");
    assertThat(ended.get(0).sinceMicros()).isEqualTo(micros("2026-11-29T10:00:00Z"));
    assertThat(ended.get(0).atMicros()).isEqualTo(micros("2026-12-01T00:00:00Z"));
    assertThat(ended.get(0).windowStartMicros()).isEqualTo(micros("2026-11-01T00:00:00Z"));
    assertThat(ended.get(0).observed()).isEqualTo(Money.parse("45"));
    assertThat(ended.get(0).sentence())
        .isEqualTo("November is over: team:helpdesk spent $45 of its $50 for November (90 %).");

    assertThat(watched.spend("25").found()).containsExactly("+50%");
  }

  @Test
  void lateUsageOfThePeriodBefore_doesNotCountInThisOne() {
    Watched watched = Watched.monthly("50", "UTC", "2026-12-01T00:10:00Z").thresholdsOnly();

    assertThat(watched.spendAt(Instant.parse("2026-11-30T23:59:00Z"), "70").found()).isEmpty();
    assertThat(watched.spendAt(Instant.parse("2026-12-01T00:00:00Z"), "25").found())
        .containsExactly("+50%");
  }

  @Test
  void raisedLimit_endsWhatIsNotReachedAnyMoreAndStaysSilentUntilItIs() {
    Watched watched = Watched.monthly("50", "UTC", "2026-11-03T10:00:00Z").thresholdsOnly();
    watched.spend("41.20").drain();

    List<Finding> ended = watched.limit("100").drain();
    assertThat(ended).extracting(Finding::cause).containsExactly("helpdesk 50%", "helpdesk 80%");
    assertThat(ended).noneMatch(Finding::firing);
    assertThat(ended.get(1).threshold()).isEqualTo(Money.parse("40"));
    assertThat(ended.get(1).sentence())
        .isEqualTo(
            "The limit was raised: team:helpdesk has spent $41.20 of its $100 for November"
                + " (41 %).");

    assertThat(watched.spend("8.79").found()).isEmpty();
    assertThat(watched.spend("0.01").found()).containsExactly("+50%");
  }

  @Test
  void raisedLimit_leavesAlertsThatAreStillTrue() {
    Watched watched = Watched.monthly("50", "UTC", "2026-11-03T10:00:00Z").thresholdsOnly();
    watched.spend("45").drain();

    assertThat(watched.limit("60").found()).containsExactly("-80%");
    assertThat(watched.spend("3").found()).containsExactly("+80%");
  }

  @Test
  void loweredLimit_firesWhatIsReachedNow() {
    Watched watched = Watched.monthly("50", "UTC", "2026-11-03T10:00:00Z").thresholdsOnly();
    watched.spend("20").drain();

    assertThat(watched.limit("20").found()).containsExactly("+50%", "+80%", "+100%");
  }

  @Test
  void changedThresholds_endWhatIsRemovedAndFireWhatIsAdded() {
    Watched watched = Watched.monthly("50", "UTC", "2026-11-03T10:00:00Z").thresholdsOnly();
    watched.spend("45").drain();

    watched.thresholds(50, 90, 120);
    List<Finding> found = List.copyOf(watched.findings);
    assertThat(watched.found()).containsExactly("-80%", "+90%");
    assertThat(found.get(0).sentence())
        .isEqualTo(
            "The threshold of 80 % was removed: team:helpdesk has spent $45 of its $50 for"
                + " November (90 %).");
  }

  @Test
  void correctionBelowAThreshold_endsItsAlertUntilItIsReachedAgain() {
    Watched watched = Watched.monthly("50", "UTC", "2026-11-03T10:00:00Z").thresholdsOnly();
    watched.spend("41").drain();

    List<Finding> ended = watched.spend("-2").drain();
    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).sentence())
        .isEqualTo(
            "The spend was corrected: team:helpdesk has spent $39 of its $50 for November (78 %).");
    assertThat(watched.spend("1").found()).containsExactly("+80%");
  }

  @Test
  void policySwitchedOff_endsAlertsAndStaysSilent() {
    Watched watched = Watched.monthly("50", "UTC", "2026-11-03T10:00:00Z").thresholdsOnly();
    watched.spend("30").drain();

    watched.policy = new BudgetPolicy(false, true, Money.ZERO, Money.ZERO);
    assertThat(watched.judge().found()).containsExactly("-50%");
    assertThat(watched.spend("30").found()).isEmpty();

    watched.policy = BudgetPolicy.DEFAULT;
    assertThat(watched.judge().found()).containsExactly("+50%", "+80%", "+100%");
  }

  @Test
  void removedBudget_endsItsAlertsOnce() {
    Watched watched = Watched.monthly("50", "UTC", "2026-11-03T10:00:00Z").thresholdsOnly();
    watched.spend("60").drain();

    List<Finding> ended = BudgetWatch.end(watched.state, micros("2026-11-03T11:00:00Z"));
    assertThat(ended)
        .extracting(Finding::cause)
        .containsExactly("helpdesk 50%", "helpdesk 80%", "helpdesk 100%");
    assertThat(ended.get(0).sentence())
        .isEqualTo("The budget of team:helpdesk was removed or replaced.");
    assertThat(BudgetWatch.end(watched.state, micros("2026-11-03T12:00:00Z"))).isEmpty();
  }

  @Test
  void periodsBegin_inTheBudgetsOwnZone() {
    // 15:00Z is midnight in Tokyo.
    Watched tokyo = Watched.daily("10", "Asia/Tokyo", "2026-11-20T14:59:00Z").thresholdsOnly();
    assertThat(tokyo.spend("6").found()).containsExactly("+50%");
    assertThat(tokyo.at("2026-11-20T15:00:00Z").found()).containsExactly("-50%");
    List<Finding> next = tokyo.spend("5").drain();
    assertThat(next.get(0).sentence()).contains("for 21 November");
  }

  @Test
  void dayOfTwentyFiveHours_isOnePeriod() {
    // The clock goes back in Berlin on 25 October 2026: the day has 25 hours.
    Watched berlin = Watched.daily("25", "Europe/Berlin", "2026-10-24T22:00:00Z").thresholdsOnly();
    berlin.drain();
    for (int hour = 0; hour < 25; hour++) {
      berlin.spend("1").after(Duration.ofHours(1));
    }

    assertThat(berlin.now).isEqualTo("2026-10-25T23:00:00Z");
    assertThat(berlin.found()).containsExactly("+50%", "+80%", "+100%", "-50%", "-80%", "-100%");
  }

  @Test
  void dayOfTwentyThreeHours_isOnePeriod() {
    Watched berlin = Watched.daily("24", "Europe/Berlin", "2026-03-28T23:00:00Z").thresholdsOnly();
    berlin.drain();
    for (int hour = 0; hour < 23; hour++) {
      berlin.spend("1").after(Duration.ofHours(1));
    }

    // $23 of $24 when the day ends after 23 hours.
    assertThat(berlin.found()).containsExactly("+50%", "+80%", "-50%", "-80%");
  }

  @Test
  void zoneOfHalfHours_isExact() {
    // Midnight in Kolkata is 18:30Z.
    Watched kolkata = Watched.daily("10", "Asia/Kolkata", "2026-11-20T18:29:00Z").thresholdsOnly();
    kolkata.spend("4").at("2026-11-20T18:30:00Z");
    assertThat(kolkata.spend("4.99").found()).isEmpty();
    assertThat(kolkata.spend("0.01").found()).containsExactly("+50%");
  }

  @Test
  void stateOfAnotherSubjectPeriodOrZone_isNotThisBudgets() {
    BudgetState state = BudgetState.of(Watched.budget(BudgetPeriod.DAY, "1", "UTC"));

    assertThat(state.isOf(Watched.budget(BudgetPeriod.DAY, "9", "UTC"))).isTrue();
    assertThat(state.isOf(Watched.budget(BudgetPeriod.MONTH, "1", "UTC"))).isFalse();
    assertThat(state.isOf(Watched.budget(BudgetPeriod.DAY, "1", "Asia/Tokyo"))).isFalse();
  }

  @Test
  void state_staysSmallHoweverOldItIs() {
    Watched watched = Watched.daily("1000000", "UTC", "2026-01-01T00:30:00Z").thresholdsOnly();
    for (int hour = 0; hour < 24 * 60; hour++) {
      watched.spend("1").after(Duration.ofHours(1));
    }
    assertThat(watched.state.encode().length).isLessThan(8 * 24 * 24 + 200);
  }

  @Test
  void stateOfOtherBytes_isRefused() {
    assertThatThrownBy(() -> BudgetState.decode(new byte[] {9, 9}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BudgetState.decode(new byte[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void badBudgets_areRefusedWithTheReason() {
    assertThatThrownBy(() -> Watched.budget(BudgetPeriod.DAY, "0", "UTC"))
        .hasMessage("the limit must be above 0, not 0");
    assertThatThrownBy(
            () ->
                new Budget(
                    "x",
                    new Subject("api_key+model", "a"),
                    BudgetPeriod.DAY,
                    Money.parse("1"),
                    ZoneId.of("UTC"),
                    List.of(50),
                    null))
        .hasMessage("dimension 'api_key+model' is a pair; only single dimensions have budgets");
  }

  static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }
}

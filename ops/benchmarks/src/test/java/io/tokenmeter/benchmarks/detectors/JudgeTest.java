package io.tokenmeter.benchmarks.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.benchmarks.detectors.spend.Fault;
import io.tokenmeter.benchmarks.detectors.spend.FaultType;
import io.tokenmeter.domain.alert.Subject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final long MINUTE = 60_000_000L;
  private static final Subject KEY = new Subject("api_key", "key-1");
  private static final Subject PROJECT = new Subject("project", "project-1");
  private static final Subject OTHER = new Subject("api_key", "key-2");
  private static final Fault LOOP =
      new Fault(
          FaultType.RUNAWAY_LOOP, KEY, Set.of(KEY, PROJECT), 100 * MINUTE, 200 * MINUTE, 10, 50);

  @Test
  void firstAlertThatNamesTheSubject_detects_andTheNextRepeats() {
    Verdict verdict = verdict(alert(103, KEY, PROJECT), alert(150, KEY));

    assertThat(verdict.detected()).containsExactly(java.util.Map.entry(LOOP, 3 * MINUTE));
    assertThat(verdict.useful()).isEqualTo(1);
    assertThat(verdict.repeated()).isEqualTo(1);
    assertThat(verdict.wrong()).isZero();
  }

  @Test
  void alertForSomebodyWhoSharesTheSpend_detectsNothing_andRepeats() {
    Verdict verdict = verdict(alert(103, PROJECT));

    assertThat(verdict.detected()).isEmpty();
    assertThat(verdict.repeated()).isEqualTo(1);
  }

  @Test
  void alertBeforeTheStartOrAfterTheGrace_isWrong() {
    assertThat(verdict(alert(99, KEY)).wrong()).isEqualTo(1);
    assertThat(verdict(alert(210, KEY)).useful()).isEqualTo(1);
    assertThat(verdict(alert(211, KEY)).wrong()).isEqualTo(1);
  }

  @Test
  void alertForAnotherSubject_isWrong() {
    Verdict verdict = verdict(alert(120, OTHER));

    assertThat(verdict.wrong()).isEqualTo(1);
    assertThat(verdict.alerts()).isEqualTo(1);
  }

  @Test
  void scorecard_addsUpVerdicts() {
    Scorecard card = new Scorecard();
    card.add(List.of(LOOP), verdict(alert(103, KEY), alert(120, OTHER)), 10);
    card.add(List.of(LOOP), verdict(), 10);

    assertThat(card.recall()).isEqualTo(0.5);
    assertThat(card.recall(FaultType.RUNAWAY_LOOP)).isEqualTo(0.5);
    assertThat(card.recall(FaultType.OUTAGE)).isEqualTo(1);
    assertThat(card.precision()).isEqualTo(0.5);
    assertThat(card.falseAlertsPerSubjectWeek()).isEqualTo(0.05);
    assertThat(card.secondsToDetect(FaultType::isStep, 0.5)).isEqualTo(180);
    assertThat(card.secondsToDetect(FaultType.OUTAGE::equals, 0.5)).isNaN();
  }

  @Test
  void repetitions_countAgainstPrecisionButNotAgainstThePlainOne() {
    Scorecard card = new Scorecard();
    card.add(List.of(LOOP), verdict(alert(103, KEY), alert(120, PROJECT), alert(130, OTHER)), 10);

    assertThat(card.precision()).isEqualTo(1 / 3.0);
    assertThat(card.plainPrecision()).isEqualTo(2 / 3.0);
  }

  private static Verdict verdict(RaisedAlert... alerts) {
    return Judge.verdict(List.of(LOOP), List.of(alerts));
  }

  private static RaisedAlert alert(long minute, Subject... subjects) {
    return new RaisedAlert(minute * MINUTE, Set.of(subjects), "");
  }
}

package io.tokenmeter.domain.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SilenceDetectorTest {
  private static final Subject KEY = new Subject("api_key", "prod-1");
  private static final long START = 29_500_000;
  private static final int DAY = 1440;

  private final List<Finding> findings = new ArrayList<>();
  private SilenceState state = new SilenceState();
  private SilencePolicy policy = SilencePolicy.DEFAULT;

  @Test
  void steadySubjectThatStops_isSilentAfterAQuarterOfAnHourAndUntilItReports() {
    report(0, DAY, 2);
    look(DAY + 13);
    assertThat(findings).isEmpty();
    look(DAY + 15);
    assertThat(findings).hasSize(1);
    Finding silent = findings.get(0);
    assertThat(silent.firing()).isTrue();
    assertThat(silent.cause()).isEqualTo("silent");
    assertThat(silent.sinceMicros()).isEqualTo((START + DAY - 1) * 60_000_000L);
    assertThat(silent.sentence())
        .startsWith("api_key:prod-1 has reported nothing for 16 min")
        .contains("its longest gap in the last week was 60 s");
    look(DAY + 40);
    assertThat(findings).as("it is said once").hasSize(1);
    report(DAY + 50, DAY + 51, 1);
    assertThat(findings).hasSize(2);
    assertThat(findings.get(1).firing()).isFalse();
    assertThat(findings.get(1).sinceMicros()).isEqualTo(silent.sinceMicros());
    assertThat(findings.get(1).sentence())
        .isEqualTo("api_key:prod-1 reports again, after 51 min of silence.");
  }

  /** A dollar every other minute, of which 640 until midnight and 80 after it. */
  @Test
  void stake_isTheSpendOfADay() {
    report(0, DAY, 2);
    look(DAY + 20);
    assertThat(findings.get(0).atStake()).isEqualTo(Money.parse("640"));
    assertThat(findings.get(0).severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void silence_mustBeThreeTimesTheLongestGapOfTheWeek() {
    report(0, DAY, 9);
    report(DAY + 20, 2 * DAY, 9);
    look(2 * DAY + 70);
    assertThat(findings).as("there was a gap of 27 minutes").isEmpty();
    look(2 * DAY + 90);
    assertThat(findings).hasSize(1);
  }

  @Test
  void silenceThatWasReported_isNoUsualGap() {
    report(0, DAY, 2);
    look(DAY + 60);
    report(DAY + 100, 3 * DAY, 2);
    findings.clear();
    look(3 * DAY + 20);
    assertThat(findings).hasSize(1);
  }

  @Test
  void subjectThatSleepsAtNight_isNeverSilent() {
    for (int day = 0; day < 14; day++) {
      report(day * DAY + 480, day * DAY + 1080, 1);
      for (int minute = 1080; minute < DAY + 480; minute += 5) {
        look(day * DAY + minute);
      }
    }
    assertThat(findings).isEmpty();
  }

  @Test
  void subjectThatIsNew_isNotJudged() {
    report(0, DAY / 2, 1);
    look(DAY / 2 + 60);
    assertThat(findings).isEmpty();
  }

  @Test
  void policyThatIsSwitchedOff_endsWhatWasReported() {
    report(0, DAY, 1);
    look(DAY + 20);
    policy =
        new SilencePolicy(
            false,
            policy.minimumSilence(),
            policy.gapFactor(),
            policy.learning(),
            policy.warning(),
            policy.critical());
    judge(DAY + 21);
    assertThat(findings).extracting(Finding::firing).containsExactly(true, false);
    judge(DAY + 60);
    assertThat(findings).hasSize(2);
  }

  @Test
  void subjectThatNeverComesBack_isGivenUpAfterAWeek() {
    report(0, DAY, 1);
    for (int hour = 1; hour < 24 * 10; hour++) {
      look(DAY + 60 * hour);
    }
    assertThat(findings).extracting(Finding::firing).containsExactly(true, false);
  }

  /** Against a set of all minutes that were reported. */
  @Test
  void randomReporting_isSteadyAndHasGapsAsAReferenceSays() {
    long seed = 77;
    for (int round = 0; round < 30; round++) {
      Random random = new Random(seed + round);
      state = new SilenceState();
      Set<Long> slots = new HashSet<>();
      long minute = START;
      int longest = 0;
      for (int i = 0; i < 500; i++) {
        int step = 1 + random.nextInt(1 + random.nextInt(20));
        longest = Math.max(longest, i == 0 ? 0 : step - 1);
        minute += i == 0 ? 0 : step;
        slots.add(Math.floorDiv(minute, 10L));
        SilenceDetector.add(state, KEY, minute, Money.ZERO, minute * 60_000_000L);
        state = SilenceState.decode(state.encode());
        long late = minute - random.nextInt(300);
        slots.add(Math.floorDiv(late, 10L));
        SilenceDetector.add(state, KEY, late, Money.ZERO, minute * 60_000_000L);
      }
      long last = Math.floorDiv(minute, 10L);
      long used = slots.stream().filter(slot -> slot > last - 144).count();
      assertThat(state.usual.isSteady()).as("seed %d", seed + round).isEqualTo(used >= 130);
      assertThat(state.usual.longestGap(minute)).as("seed %d", seed + round).isEqualTo(longest);
    }
  }

  private void report(int from, int to, int every) {
    for (int minute = from; minute < to; minute += every) {
      long at = START + minute;
      add(SilenceDetector.add(state, KEY, at, Money.parse("1"), at * 60_000_000L));
    }
  }

  private void look(int minute) {
    if (SilenceDetector.isDue(state, policy, (START + minute) * 60_000_000L)) {
      judge(minute);
    }
  }

  private void judge(int minute) {
    add(SilenceDetector.judge(state, KEY, policy, (START + minute) * 60_000_000L));
    state = SilenceState.decode(state.encode());
  }

  private void add(Finding finding) {
    if (finding != null) {
      findings.add(finding);
    }
  }
}

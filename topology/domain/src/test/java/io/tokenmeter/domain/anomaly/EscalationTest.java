package io.tokenmeter.domain.anomaly;

import static io.tokenmeter.domain.anomaly.Traffic.MICROS;
import static io.tokenmeter.domain.anomaly.Traffic.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Driver;
import io.tokenmeter.domain.alert.Finding;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A second cause on a key of which one is open. */
class EscalationTest {
  private static final int DAY = 1440;

  /** A Monday at 14:00 UTC after a week. */
  private static final long NOON = MONDAY + 7 * DAY + 14 * 60;

  private final Traffic traffic = new Traffic(3, 20, 0.01);

  /** A dollar in five minutes is usual, three are the first cause, thirty the second. */
  @Test
  void loopOnTopOfLongerPrompts_endsTheFirstCauseAndIsTheSecond() {
    List<Finding> findings = loopOnTop(traffic);
    assertThat(findings).hasSize(3);
    Finding first = findings.get(0);
    Finding ended = findings.get(1);
    assertThat(ended.firing()).isFalse();
    assertThat(ended.sinceMicros()).isEqualTo(first.sinceMicros());
    assertThat(ended.sentence()).contains("more than usual since").contains("alert of its own");
    Finding second = findings.get(2);
    assertThat(second.firing()).isTrue();
    assertThat(second.atMicros()).isEqualTo(ended.atMicros());
    assertThat(second.atMicros()).isLessThanOrEqualTo((NOON + 125) * MICROS);
    assertThat(second.sinceMicros()).isBetween((NOON + 119) * MICROS, second.atMicros());
    assertThat(second.drivers().get(0).kind()).isEqualTo(Driver.Kind.REQUEST_VOLUME);
    assertThat(second.atStake()).isGreaterThan(first.atStake().times(3));
  }

  @Test
  void restartsAfterEveryStep_changeNothingOfIt() {
    Traffic restarting = new Traffic(3, 20, 0.01).restarting();
    assertThat(loopOnTop(restarting)).isEqualTo(loopOnTop(traffic));
  }

  /** What costs three times as much costs three times as much in the morning, too. */
  @Test
  void longerPromptsOfAKeyThatWakesUp_areNoSecondCause() {
    traffic.season = minute -> minute % DAY < 16 * 60 ? 0.05 : 1;
    traffic.minutes(MONDAY, NOON);
    traffic.price = 3;
    List<Finding> findings = traffic.minutes(NOON, NOON + 5 * 60);
    assertThat(findings).hasSize(1);
  }

  /** A stranger adds what he adds, which is many times the usual when the owner sleeps. */
  @Test
  void leakedKeyWhoseOwnerGoesToSleep_isNoSecondCause() {
    LongToDoubleFunction office = minute -> minute % DAY < 16 * 60 ? 1 : 0.02;
    traffic.season = office;
    traffic.minutes(MONDAY, NOON);
    traffic.season = minute -> 2 + office.applyAsDouble(minute);
    assertThat(traffic.minutes(NOON, NOON + 6 * 60)).hasSize(1);
  }

  @Test
  void causeThatGrowsSlowly_isNoSecondCause() {
    traffic.minutes(MONDAY, NOON);
    traffic.season = minute -> 2 + 4.0 * (minute - NOON) / (10 * 60);
    assertThat(traffic.minutes(NOON, NOON + 10 * 60)).hasSize(1);
  }

  private static List<Finding> loopOnTop(Traffic traffic) {
    traffic.minutes(MONDAY, NOON);
    traffic.price = 3;
    List<Finding> findings = traffic.minutes(NOON, NOON + 120);
    traffic.volume = 10;
    findings.addAll(traffic.slices(NOON + 120, NOON + 150));
    return findings;
  }
}

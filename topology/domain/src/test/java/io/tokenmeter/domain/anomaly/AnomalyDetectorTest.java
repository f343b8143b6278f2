package io.tokenmeter.domain.anomaly;

import static io.tokenmeter.domain.anomaly.Traffic.MICROS;
import static io.tokenmeter.domain.anomaly.Traffic.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Driver;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.money.Money;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnomalyDetectorTest {
  private static final int DAY = 1440;
  private static final long WEEK = 7 * DAY;

  /** A Monday at 14:00 UTC after a week. */
  private static final long NOON = MONDAY + WEEK + 14 * 60;

  @Test
  void tenfoldSpend_firesWithinAMinuteAndIsExplainedByVolume() {
    for (long seed = 1; seed <= 5; seed++) {
      Traffic traffic = new Traffic(seed, 20, 0.003);
      traffic.minutes(MONDAY, NOON);
      traffic.volume = 10;
      List<Finding> findings = traffic.slices(NOON, NOON + 2);
      assertThat(findings).as("seed %d", seed).hasSize(1);
      Finding finding = findings.get(0);
      assertThat(finding.cause()).isEqualTo(AnomalyDetector.SPEND_UP);
      assertThat(finding.firing()).isTrue();
      assertThat(finding.atMicros() - NOON * MICROS).isLessThanOrEqualTo(MICROS);
      assertThat(finding.drivers().get(0).kind()).isEqualTo(Driver.Kind.REQUEST_VOLUME);
      assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
      assertThat(finding.observed()).isGreaterThan(finding.threshold());
      assertThat(finding.priceOf()).isNull();
      assertThat(finding.sentence())
          .startsWith("api_key:key-" + seed + " spends $")
          .contains("request volume explains")
          .contains("At this rate it costs $");
    }
  }

  @Test
  void parts_addUpToTheChangeExactly() {
    Traffic traffic = new Traffic(11, 20, 0.003);
    traffic.minutes(MONDAY, NOON);
    traffic.volume = 4;
    traffic.price = 3;
    Finding finding = traffic.slices(NOON, NOON + 3).get(0);
    Money sum = finding.drivers().stream().map(Driver::part).reduce(Money.ZERO, Money::plus);
    assertThat(sum).isEqualTo(finding.observed().minus(finding.expected()));
  }

  @Test
  void spendThatIsBackToNormal_endsWithTheSameSince() {
    Traffic traffic = new Traffic(2, 20, 0.003);
    traffic.minutes(MONDAY, NOON);
    traffic.volume = 10;
    Finding fired = traffic.slices(NOON, NOON + 60).get(0);
    assertThat(traffic.state.isOpen()).isTrue();
    traffic.volume = 1;
    List<Finding> findings = traffic.minutes(NOON + 60, NOON + 180);
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).firing()).isFalse();
    assertThat(findings.get(0).sinceMicros()).isEqualTo(fired.sinceMicros());
    assertThat(findings.get(0).sentence()).contains("is back to normal after");
    assertThat(traffic.state.isOpen()).isFalse();
  }

  @Test
  void dearerTokens_fireWithinMinutesAndAreExplainedByThePrice() {
    Traffic traffic = new Traffic(3, 20, 0.003);
    traffic.minutes(MONDAY, NOON);
    traffic.price = 2;
    List<Finding> findings = traffic.slices(NOON, NOON + 5);
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).drivers().get(0).kind()).isEqualTo(Driver.Kind.PRICE_PER_TOKEN);
    assertThat(findings.get(0).priceOf()).isEqualTo(Traffic.MODEL);
  }

  @Test
  void retryStorm_firesWithinMinutesAndIsExplainedByRetries() {
    Traffic traffic = new Traffic(4, 20, 0.003);
    traffic.retries = 0.01;
    traffic.minutes(MONDAY, NOON);
    traffic.retries = 3;
    List<Finding> findings = traffic.slices(NOON, NOON + 3);
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).drivers().get(0).kind()).isEqualTo(Driver.Kind.RETRIES);
  }

  @Test
  void oneDearRequest_isNoAnomaly() {
    Traffic traffic = new Traffic(5, 2, 0.01);
    traffic.minutes(MONDAY, NOON);
    List<Finding> findings = traffic.add(NOON, traffic.usage(1, 0, 5), NOON * MICROS + 10_000_000);
    assertThat(findings).isEmpty();
    assertThat(traffic.slices(NOON + 1, NOON + 60)).isEmpty();
  }

  @Test
  void silence_firesAsAFallWithoutAnyNewUsageAndEndsWhenUsageReturns() {
    Traffic traffic = new Traffic(6, 20, 0.003);
    traffic.minutes(MONDAY, NOON);
    traffic.volume = 0;
    List<Finding> findings = traffic.minutes(NOON, NOON + 60);
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).cause()).isEqualTo(AnomalyDetector.SPEND_DOWN);
    assertThat(findings.get(0).sentence()).contains("less a day");
    traffic.volume = 1;
    assertThat(traffic.minutes(NOON + 60, NOON + 120))
        .singleElement()
        .satisfies(finding -> assertThat(finding.firing()).isFalse());
  }

  @Test
  void flatSeries_isSilentAndItsTenfoldFires() {
    Traffic traffic = new Traffic(7, 0, 0.01);
    for (long minute = MONDAY; minute < NOON; minute++) {
      assertThat(traffic.add(minute, traffic.usage(10, 0, 0.1), (minute + 1) * MICROS)).isEmpty();
    }
    // All of the minute's usual requests at once are twice what its first half has.
    assertThat(traffic.add(NOON, traffic.usage(10, 0, 0.1), NOON * MICROS + 30_000_000)).isEmpty();
    assertThat(traffic.add(NOON, traffic.usage(90, 0, 0.9), NOON * MICROS + 50_000_000)).hasSize(1);
  }

  @Test
  void newSubject_isNotAlarmingForBeingNew() {
    GroupState group = new GroupState();
    new Traffic(8, 20, 0.003, group).minutes(MONDAY, NOON);
    for (long seed = 20; seed < 24; seed++) {
      Traffic fresh = new Traffic(seed, 30, 0.003, group);
      assertThat(fresh.minutes(NOON, NOON + DAY)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void sparseSubject_isSilentForWeeks() {
    for (long seed = 30; seed < 34; seed++) {
      Traffic sparse = new Traffic(seed, 0.05, 0.2);
      assertThat(sparse.minutes(MONDAY, MONDAY + 3 * WEEK)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void quietWeeks_raiseFewerFalseAlarmsThanOneInFiveSubjectWeeks() {
    GroupState group = new GroupState();
    int alarms = 0;
    for (long seed = 40; seed < 50; seed++) {
      Traffic traffic = new Traffic(seed, Math.pow(2, seed - 42), 0.004, group);
      traffic.minutes(MONDAY, MONDAY + WEEK);
      alarms +=
          traffic.minutes(MONDAY + WEEK, MONDAY + 2 * WEEK).stream()
              .mapToInt(finding -> finding.firing() ? 1 : 0)
              .sum();
    }
    assertThat(alarms).isLessThan(2);
  }

  @Test
  void levelThatLastsADay_isAcceptedAndStartsNoNewAlarm() {
    Traffic traffic = new Traffic(9, 20, 0.003);
    traffic.minutes(MONDAY, NOON);
    traffic.volume = 4;
    List<Finding> findings = traffic.minutes(NOON, NOON + 3 * DAY);
    assertThat(findings).hasSize(2);
    assertThat(findings.get(1).firing()).isFalse();
    assertThat(findings.get(1).sentence()).contains("which is its usual spend from now on");
    assertThat(findings.get(1).atMicros() - findings.get(1).sinceMicros())
        .isBetween(DAY * MICROS, (DAY + 10) * MICROS);
    traffic.volume = 1;
    assertThat(traffic.minutes(NOON + 3 * DAY, NOON + 4 * DAY)).isEmpty();
  }

  @Test
  void restartsAfterEveryStep_changeNoFinding() {
    assertThat(eventful(new Traffic(10, 10, 0.004).restarting()))
        .isNotEmpty()
        .isEqualTo(eventful(new Traffic(10, 10, 0.004)));
  }

  @Test
  void thousandTimesTheMoney_changesNoMomentOfAnyFinding() {
    AnomalyPolicy once = policy(AnomalyPolicy.Rule.ROBUST, AnomalyPolicy.DEFAULT.floor());
    AnomalyPolicy thousandfold =
        policy(AnomalyPolicy.Rule.ROBUST, AnomalyPolicy.DEFAULT.floor().times(1000));
    List<Long> small = moments(eventful(new Traffic(12, 10, 0.004).with(once)));
    List<Long> large = moments(eventful(new Traffic(12, 10, 4).with(thousandfold)));
    assertThat(small).isNotEmpty().isEqualTo(large);
  }

  @Test
  void lateAndNegativeCorrections_areTolerated() {
    Traffic traffic = new Traffic(13, 20, 0.003);
    traffic.minutes(MONDAY, NOON);
    long now = NOON * MICROS;
    assertThat(traffic.add(NOON - 30, traffic.usage(0, 0, -0.5), now)).isEmpty();
    assertThat(traffic.add(NOON - 3 * DAY, traffic.usage(0, 0, -2), now)).isEmpty();
    assertThat(traffic.add(NOON - 30 * DAY, traffic.usage(5, 0, 1), now)).isEmpty();
    assertThat(traffic.minutes(NOON, NOON + 120)).isEmpty();
  }

  @Test
  void disabledPolicy_findsNothing() {
    AnomalyPolicy d = AnomalyPolicy.DEFAULT;
    Traffic traffic =
        new Traffic(14, 20, 0.003)
            .with(
                new AnomalyPolicy(
                    false,
                    d.rule(),
                    d.falseAlarms(),
                    d.minimumRatio(),
                    d.minimumRequests(),
                    d.floor(),
                    d.persistence(),
                    d.coolDown(),
                    d.acceptAfter(),
                    d.warning(),
                    d.critical()));
    traffic.minutes(MONDAY, NOON);
    traffic.volume = 10;
    assertThat(traffic.slices(NOON, NOON + 10)).isEmpty();
  }

  @Test
  void changeBelowTheFloor_isNotReported() {
    AnomalyPolicy dear = policy(AnomalyPolicy.Rule.ROBUST, Money.parse("1000000"));
    Traffic traffic = new Traffic(15, 20, 0.003).with(dear);
    traffic.minutes(MONDAY, NOON);
    traffic.volume = 10;
    assertThat(traffic.slices(NOON, NOON + 10)).isEmpty();
  }

  @Test
  void twoStandardDeviations_fireWhenTheRunningHourIsAbove() {
    AnomalyPolicy classic =
        policy(AnomalyPolicy.Rule.TWO_STANDARD_DEVIATIONS, AnomalyPolicy.DEFAULT.floor());
    Traffic traffic = new Traffic(16, 0, 0.01).with(classic);
    // Hours of $60 and $120 in turn: mean 90, standard deviation 30 and a little, limit 150.
    long minute = MONDAY;
    for (; minute < NOON; minute++) {
      double dollars = minute / 60 % 2 == 0 ? 1 : 2;
      assertThat(traffic.add(minute, traffic.usage(100, 0, dollars), (minute + 1) * MICROS))
          .isEmpty();
    }
    assertThat(traffic.add(NOON, traffic.usage(1000, 0, 149), NOON * MICROS + MICROS / 2))
        .isEmpty();
    assertThat(traffic.add(NOON, traffic.usage(100, 0, 2), NOON * MICROS + 3 * MICROS / 4))
        .isEmpty();
    List<Finding> findings = traffic.judge(NOON * MICROS + 11 * MICROS / 12);
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).windowStartMicros()).isEqualTo(NOON * MICROS);
    assertThat(findings.get(0).observed()).isEqualTo(Money.parse("151"));
  }

  @Test
  void state_staysSmallHoweverManyModels() {
    Traffic traffic = new Traffic(17, 50, 0.003);
    for (long minute = MONDAY; minute < MONDAY + 2 * DAY; minute++) {
      for (int model = 0; model < 3; model++) {
        AnomalyDetector.add(
            traffic.state,
            traffic.groupState,
            minute,
            traffic.usage(7, 0, 0.02),
            "model-" + (minute + model) % 50);
      }
      traffic.judge((minute + 1) * MICROS);
    }
    assertThat(traffic.state.encode().length).isLessThan(16 * 1024);
  }

  /** A week, a loop, quiet, dearer prices, silence. */
  private static List<Finding> eventful(Traffic traffic) {
    List<Finding> findings = traffic.minutes(MONDAY, NOON);
    traffic.volume = 8;
    findings.addAll(traffic.slices(NOON, NOON + 20));
    traffic.volume = 1;
    findings.addAll(traffic.minutes(NOON + 20, NOON + 200));
    traffic.price = 3;
    findings.addAll(traffic.slices(NOON + 200, NOON + 220));
    traffic.price = 1;
    traffic.volume = 0;
    findings.addAll(traffic.minutes(NOON + 220, NOON + 320));
    return findings;
  }

  private static List<Long> moments(List<Finding> findings) {
    return findings.stream().map(Finding::atMicros).toList();
  }

  private static AnomalyPolicy policy(AnomalyPolicy.Rule rule, Money floor) {
    AnomalyPolicy d = AnomalyPolicy.DEFAULT;
    return new AnomalyPolicy(
        true,
        rule,
        d.falseAlarms(),
        d.minimumRatio(),
        d.minimumRequests(),
        floor,
        Duration.ofSeconds(10),
        d.coolDown(),
        d.acceptAfter(),
        d.warning(),
        d.critical());
  }
}

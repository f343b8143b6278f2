package io.tokenmeter.domain.drift;

import static io.tokenmeter.domain.drift.MixedTraffic.DAY;
import static io.tokenmeter.domain.drift.MixedTraffic.LARGE;
import static io.tokenmeter.domain.drift.MixedTraffic.MINI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.alert.Driver;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {
  private static final Map<String, Integer> USUAL = Map.of(MINI, 20);
  private static final Map<String, Integer> MOVED = Map.of(MINI, 14, LARGE, 6);

  @Test
  void thirtyPercentMovedToADearerModel_firesWithinFiveMinutesAndNamesTheFactor() {
    MixedTraffic traffic = new MixedTraffic().feed(2 * DAY, minute -> USUAL);
    long start = traffic.minute;
    traffic.feed(5, minute -> MOVED);

    assertThat(traffic.findings).hasSize(1);
    Finding finding = traffic.findings.get(0);
    assertThat(finding.firing()).isTrue();
    assertThat(finding.cause()).isEqualTo("dearer-models");
    assertThat(finding.sinceMicros()).isEqualTo(start * 60_000_000L);
    // 0.7 + 0.3 * 0.0045 / 0.00027 = 5.7; 28,800 requests a day, 30 % of them dearer by 0.00423.
    assertThat(finding.sentence())
        .isEqualTo(
            "30 % of key-x's requests moved from gpt-4o-mini to gpt-4o: a request costs 5.7 times as"
                + " much (16.7 times per moved request), $36.55 a day more at this rate.");
    assertThat(finding.atStake().toBigDecimal()).isCloseTo(dollars("36.5472"), cents());
    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void finding_explainsItselfByTheMixToTheLastDigit() {
    MixedTraffic traffic = new MixedTraffic().feed(2 * DAY, minute -> USUAL).feed(5, m -> MOVED);

    Finding finding = traffic.findings.get(0);
    Money parts = Money.ZERO;
    for (Driver driver : finding.drivers()) {
      parts = parts.plus(driver.part());
    }
    assertThat(finding.observed()).isNotNull();
    assertThat(finding.expected()).isNotNull();
    assertThat(parts).isEqualTo(finding.observed().minus(finding.expected()));
    assertThat(finding.drivers().get(0).kind()).isEqualTo(Driver.Kind.MODEL_MIX);
  }

  @Test
  void change_endsWhenTheMixIsBack_andFiresAgainWhenItReturns() {
    MixedTraffic traffic =
        new MixedTraffic()
            .feed(2 * DAY, minute -> USUAL)
            .feed(120, minute -> MOVED)
            .feed(120, minute -> USUAL);

    assertThat(traffic.findings).extracting(Finding::firing).containsExactly(true, false);
    assertThat(traffic.findings.get(1).sinceMicros())
        .isEqualTo(traffic.findings.get(0).sinceMicros());
    assertThat(traffic.findings.get(1).sentence()).isEqualTo("The mix of models is as it was.");

    traffic.feed(30, minute -> MOVED);
    assertThat(traffic.findings).extracting(Finding::firing).containsExactly(true, false, true);
  }

  @Test
  void change_thatStays_isUsualAfterADay_andItsReverseIsAChange() {
    MixedTraffic traffic =
        new MixedTraffic().feed(2 * DAY, minute -> USUAL).feed(3 * DAY, minute -> MOVED);

    assertThat(traffic.findings).extracting(Finding::firing).containsExactly(true, false);
    assertThat(traffic.findings.get(1).sentence()).isEqualTo("The new mix is taken for usual now.");
    assertThat(traffic.findings.get(1).atMicros() - traffic.findings.get(0).sinceMicros())
        .isEqualTo(Duration.ofDays(1).toMillis() * 1000);

    traffic.feed(30, minute -> USUAL);
    Finding reverse = traffic.findings.get(2);
    assertThat(reverse.cause()).isEqualTo("cheaper-models");
    assertThat(reverse.atStake()).isEqualTo(Money.ZERO);
    assertThat(reverse.sentence())
        .isEqualTo(
            "30 % of key-x's requests moved from gpt-4o to gpt-4o-mini: a request costs 82 % less"
                + " (0.06 times per moved request), $36.55 a day less at this rate.");
  }

  /** It costs nothing to wait, and requests of a stranger look like it at first. */
  @Test
  void moveToACheaperModel_isToldAfterAQuarterOfAnHour() {
    MixedTraffic traffic = new MixedTraffic().feed(2 * DAY, minute -> MOVED);
    traffic.feed(14, minute -> USUAL);
    assertThat(traffic.findings).isEmpty();
    traffic.feed(6, minute -> USUAL);
    assertThat(traffic.findings).extracting(Finding::cause).containsExactly("cheaper-models");
  }

  @Test
  void mixThatCyclesWithTheDay_isSilent() {
    // By night a batch job takes over half of the traffic, and begins within half an hour of ten.
    for (long seed = 1; seed <= 5; seed++) {
      Random random = new Random(seed);
      MixedTraffic traffic = new MixedTraffic();
      for (int day = 0; day < 6; day++) {
        int late = random.nextInt(30);
        traffic.feed(22 * 60 + late, minute -> random(random, 30, 0.1));
        traffic.feed(2 * 60 - late, minute -> random(random, 30, 0.6));
      }
      // The first night was never seen before.
      assertThat(traffic.findings.stream().filter(found -> found.sinceMicros() > secondDay()))
          .as("seed %d", seed)
          .isEmpty();
    }
  }

  @Test
  void drift_onTopOfACycle_fires() {
    MixedTraffic traffic = new MixedTraffic();
    for (int day = 0; day < 5; day++) {
      traffic.feed(12 * 60, minute -> Map.of(MINI, 27, LARGE, 3));
      traffic.feed(12 * 60, minute -> Map.of(MINI, 12, LARGE, 18));
    }
    traffic.findings.clear();
    traffic.feed(6 * 60, minute -> Map.of(MINI, 27, LARGE, 3));
    assertThat(traffic.findings).isEmpty();
    traffic.feed(5, minute -> Map.of(MINI, 12, LARGE, 18));
    assertThat(traffic.findings).hasSize(1);
  }

  @Test
  void mixOfRandomRequests_isSilentWhateverItsSizeAndShare() {
    for (long seed = 1; seed <= 30; seed++) {
      Random random = new Random(seed);
      double share = random.nextDouble();
      int requests = 1 + random.nextInt(40);
      MixedTraffic traffic =
          new MixedTraffic().feed(4 * DAY, minute -> random(random, requests, share));
      assertThat(traffic.findings)
          .as("seed %d: %d requests a minute, %.3f of them large", seed, requests, share)
          .isEmpty();
    }
  }

  @Test
  void requestsInRunsOfOneModel_areSilentOnceTheyAreKnownToBe() {
    // Runs of 40 requests of one model: a window of 50 requests holds one or two of them.
    Random random = new Random(3);
    MixedTraffic traffic =
        new MixedTraffic()
            .feed(
                5 * DAY,
                minute ->
                    minute % 2 == 0
                        ? Map.of(random.nextDouble() < 0.3 ? LARGE : MINI, 40)
                        : Map.of());
    assertThat(traffic.findings).isEmpty();
  }

  @Test
  void fewRequests_areSilentHoweverTheyMove() {
    // 48 requests an hour, below the 50 that are asked for, although each costs 5 USD.
    MixedTraffic traffic = new MixedTraffic();
    traffic.policy = withMinimumStake("0");
    traffic
        .feed(3 * DAY, minute -> minute % 5 < 4 ? Map.of(MINI, 1) : Map.of())
        .feed(DAY / 2, minute -> minute % 5 < 4 ? Map.of(LARGE, 1) : Map.of());
    assertThat(traffic.findings).isEmpty();
  }

  @Test
  void lowButSufficientTraffic_firesWithinTheHour() {
    MixedTraffic traffic = new MixedTraffic();
    traffic.policy = withMinimumStake("0.5");
    traffic
        .feed(3 * DAY, minute -> Map.of(MINI, 2))
        .feed(30, minute -> minute % 2 == 0 ? Map.of(MINI, 2) : Map.of(LARGE, 2));
    assertThat(traffic.findings).hasSize(1);
  }

  @Test
  void moveWorthLittle_isSilent() {
    MixedTraffic traffic = new MixedTraffic();
    traffic.policy = withMinimumStake("40");
    traffic.feed(2 * DAY, minute -> USUAL).feed(DAY / 2, minute -> MOVED);
    assertThat(traffic.findings).isEmpty();
  }

  @Test
  void moreTrafficOfOneModel_isNoMove() {
    // A loop makes ten times the requests on one of two models: an anomaly, and no drift.
    MixedTraffic traffic =
        new MixedTraffic()
            .feed(2 * DAY, minute -> Map.of(MINI, 10, LARGE, 10))
            .feed(60, minute -> Map.of(MINI, 10, LARGE, 190));
    assertThat(traffic.findings).isEmpty();
  }

  @Test
  void subject_seenForLessThanADay_isSilent() {
    MixedTraffic traffic =
        new MixedTraffic().feed(DAY - 60, minute -> USUAL).feed(59, minute -> MOVED);
    assertThat(traffic.findings).isEmpty();
  }

  @Test
  void policyThatIsSwitchedOff_endsWhatItReported() {
    MixedTraffic traffic =
        new MixedTraffic().feed(2 * DAY, minute -> USUAL).feed(10, minute -> MOVED);
    traffic.policy =
        new DriftPolicy(
            false,
            0.2,
            0.1,
            50,
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            Duration.ofDays(1),
            Money.ZERO,
            Money.parse("10"),
            Money.parse("100"));
    traffic.feed(60, minute -> MOVED);
    assertThat(traffic.findings).extracting(Finding::firing).containsExactly(true, false);
  }

  @Test
  void stateThatIsStoredAfterEachMinute_findsTheSame() {
    MixedTraffic kept = new MixedTraffic();
    MixedTraffic stored = new MixedTraffic();
    Random one = new Random(5);
    Random other = new Random(5);
    kept.feed(2 * DAY, minute -> random(one, 20, 0.2)).feed(60, m -> MOVED).feed(60, m -> USUAL);
    stored.feed(2 * DAY, minute -> storing(stored, random(other, 20, 0.2)));
    stored.feed(60, m -> storing(stored, MOVED)).feed(60, m -> storing(stored, USUAL));

    assertThat(stored.findings).isNotEmpty().isEqualTo(kept.findings);
    assertThat(stored.state.encode()).isEqualTo(kept.state.encode());
  }

  @Test
  void state_staysSmallWithAnyNumberOfModels() {
    Random random = new Random(9);
    MixedTraffic traffic =
        new MixedTraffic()
            .feed(8 * DAY, minute -> Map.of(MINI, 5, "model-" + random.nextInt(500), 3));
    assertThat(traffic.state.encode()).hasSizeLessThan(32 * 1024);

    MixedTraffic usual = new MixedTraffic().feed(8 * DAY, minute -> MOVED);
    assertThat(usual.state.encode()).hasSizeLessThan(6 * 1024);
  }

  @Test
  void bytesThatAreNoState_areRefused() {
    assertThatThrownBy(() -> DriftState.decode(new byte[] {2, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the state of a drift detector");
    assertThatThrownBy(() -> DriftState.decode(new byte[] {100}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Map<String, Integer> storing(MixedTraffic traffic, Map<String, Integer> minute) {
    traffic.state = DriftState.decode(traffic.state.encode());
    return minute;
  }

  private static Map<String, Integer> random(Random random, int requests, double largeShare) {
    int large = 0;
    for (int i = 0; i < requests; i++) {
      large += random.nextDouble() < largeShare ? 1 : 0;
    }
    return Map.of(MINI, requests - large, LARGE, large);
  }

  private static long secondDay() {
    return (MixedTraffic.MONDAY + 2 * DAY) * 60_000_000L;
  }

  private static DriftPolicy withMinimumStake(String dollars) {
    return new DriftPolicy(
        true,
        0.2,
        0.1,
        50,
        Duration.ofMinutes(1),
        Duration.ofDays(1),
        Duration.ofDays(1),
        Money.parse(dollars),
        Money.parse("10"),
        Money.parse("100"));
  }

  private static BigDecimal dollars(String text) {
    return new BigDecimal(text);
  }

  private static org.assertj.core.data.Offset<BigDecimal> cents() {
    return org.assertj.core.data.Offset.offset(new BigDecimal("0.01"));
  }
}

package io.tokenmeter.domain.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenmeter.domain.alert.Driver;
import io.tokenmeter.domain.money.Money;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpendChangeTest {
  private static final String MODEL = "gpt-4o";

  /** 100 requests of 3,000 input tokens, 2,000 of them cached, and 200 output tokens: $0.70. */
  private static final ModelUsage HUNDRED =
      new ModelUsage(100, 0, 300_000, 200_000, 0, 20_000, 0.25, 0.25, 0, 0.2, 0.7);

  @Test
  void twiceTheRequests_areRequestVolumeAndNothingElse() {
    List<Driver> drivers = change(HUNDRED, HUNDRED.times(2)).drivers();
    assertThat(drivers).hasSize(1);
    assertThat(drivers.get(0).kind()).isEqualTo(Driver.Kind.REQUEST_VOLUME);
    assertThat(drivers.get(0).part()).isEqualTo(Money.parse("0.7"));
    assertThat(drivers.get(0).detail()).isEqualTo("100 to 200 requests an hour");
  }

  @Test
  void twiceTheRequestsAtTwiceThePrice_shareTheIncreaseEqually() {
    ModelUsage dearer = new ModelUsage(200, 0, 600_000, 400_000, 0, 40_000, 1, 1, 0, 0.8, 2.8);
    List<Driver> drivers = change(HUNDRED, dearer).drivers();
    assertThat(part(drivers, Driver.Kind.REQUEST_VOLUME)).isCloseTo(1.05, within(1e-9));
    assertThat(part(drivers, Driver.Kind.PRICE_PER_TOKEN)).isCloseTo(1.05, within(1e-9));
    assertThat(drivers).hasSize(2);
  }

  @Test
  void lostCache_isCacheHitRateAlthoughTokensAndPricesAreTheSame() {
    // 200,000 tokens at 2.50 instead of 1.25 a million.
    ModelUsage uncached = new ModelUsage(100, 0, 300_000, 0, 0, 20_000, 0.75, 0, 0, 0.2, 0.95);
    List<Driver> drivers = change(HUNDRED, uncached).drivers();
    assertThat(drivers.get(0).kind()).isEqualTo(Driver.Kind.CACHE_HIT_RATE);
    assertThat(Dollars.of(drivers.get(0).part())).isCloseTo(0.25, within(1e-9));
    assertThat(drivers.get(0).detail())
        .isEqualTo("67% to 0% of the input tokens read from the cache");
  }

  @Test
  void requestsSentAgain_areRetriesAndNotVolume() {
    ModelUsage stormy = HUNDRED.times(3);
    ModelUsage withRetries =
        new ModelUsage(
            300,
            200,
            stormy.inputTokens(),
            stormy.cacheReadTokens(),
            0,
            stormy.outputTokens(),
            stormy.inputCost(),
            stormy.cacheReadCost(),
            0,
            stormy.outputCost(),
            stormy.cost());
    List<Driver> drivers = change(HUNDRED, withRetries).drivers();
    assertThat(part(drivers, Driver.Kind.RETRIES)).isCloseTo(1.4, within(1e-9));
    assertThat(part(drivers, Driver.Kind.REQUEST_VOLUME)).isCloseTo(0, within(1e-9));
  }

  @Test
  void anotherModel_isModelMix() {
    ModelUsage cheap = new ModelUsage(100, 0, 100_000, 0, 0, 10_000, 0.015, 0, 0, 0.006, 0.021);
    ModelUsage dear = new ModelUsage(30, 0, 30_000, 0, 0, 3_000, 0.075, 0, 0, 0.03, 0.105);
    Map<String, ModelUsage> now = Map.of("gpt-4o-mini", cheap.times(0.7), MODEL, dear);
    Money observed = Dollars.money(0.021 * 0.7 + 0.105);
    List<Driver> drivers =
        new SpendChange(Map.of("gpt-4o-mini", cheap), now, Dollars.money(0.021), observed, 1)
            .drivers();
    assertThat(drivers.get(0).kind()).isEqualTo(Driver.Kind.MODEL_MIX);
    assertThat(Dollars.of(drivers.get(0).part())).isCloseTo(0.0987, within(1e-9));
    assertThat(drivers.get(0).detail()).isEqualTo("gpt-4o-mini 100% to 70% of the requests");
  }

  @Test
  void nothingKnownOfTheSubject_stillAddsUp() {
    List<Driver> drivers =
        new SpendChange(Map.of(), Map.of(MODEL, HUNDRED), Money.ZERO, Money.parse("0.7"), 1)
            .drivers();
    assertThat(sum(drivers)).isEqualTo(Money.parse("0.7"));
  }

  @Test
  void randomChanges_areDividedExactlyAndLargestFirst() {
    long seed = 271_828;
    Random random = new Random(seed);
    for (int run = 0; run < 500; run++) {
      Map<String, ModelUsage> usual = usage(random);
      Map<String, ModelUsage> actual = usage(random);
      Money observed = Dollars.money(SpendModel.total(actual).cost());
      Money expected = Dollars.money(10 * random.nextDouble());
      List<Driver> drivers = new SpendChange(usual, actual, expected, observed, 0.5).drivers();
      assertThat(sum(drivers)).as("seed %d, run %d", seed, run).isEqualTo(observed.minus(expected));
      for (int i = 2; i < drivers.size(); i++) {
        assertThat(Math.abs(Dollars.of(drivers.get(i).part())))
            .as("seed %d, run %d", seed, run)
            .isLessThanOrEqualTo(Math.abs(Dollars.of(drivers.get(i - 1).part())));
      }
    }
  }

  private static SpendChange change(ModelUsage usual, ModelUsage actual) {
    return new SpendChange(
        Map.of(MODEL, usual),
        Map.of(MODEL, actual),
        Dollars.money(usual.cost()),
        Dollars.money(actual.cost()),
        1);
  }

  private static double part(List<Driver> drivers, Driver.Kind kind) {
    return drivers.stream()
        .filter(driver -> driver.kind() == kind)
        .mapToDouble(driver -> Dollars.of(driver.part()))
        .sum();
  }

  private static Money sum(List<Driver> drivers) {
    return drivers.stream().map(Driver::part).reduce(Money.ZERO, Money::plus);
  }

  /** Some of four models, each with zeros here and there. */
  private static Map<String, ModelUsage> usage(Random random) {
    Map<String, ModelUsage> byModel = new HashMap<>();
    for (String model : List.of("a", "b", "c", "d")) {
      if (random.nextInt(3) > 0) {
        double requests = 1 + random.nextInt(1000);
        double input = random.nextInt(5) == 0 ? 0 : random.nextInt(1_000_000);
        double read = input * random.nextInt(3) / 4;
        double[] costs = random.doubles(4, 0, 5).toArray();
        double fee = random.nextInt(4) == 0 ? 0.01 * requests : 0;
        byModel.put(
            model,
            new ModelUsage(
                requests,
                random.nextInt((int) requests + 1),
                input,
                read,
                input / 8,
                random.nextInt(100_000),
                costs[0],
                costs[1],
                costs[2],
                costs[3],
                costs[0] + costs[1] + costs[2] + costs[3] + fee));
      }
    }
    return byModel;
  }
}

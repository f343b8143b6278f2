package io.tokenmeter.domain.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.UnitPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EstimatorTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

  private static final PriceRow LARGE =
      PriceRow.of("openai", "large")
          .price(UnitPrice.perMillion("input_tokens", "2.50"))
          .price(UnitPrice.perMillion("cache_read_tokens", "1.25"))
          .price(UnitPrice.perMillion("output_tokens", "10.00"))
          .price(UnitPrice.perMillion("input_tokens", "1.25").at("batch"))
          .price(UnitPrice.perMillion("cache_read_tokens", "0.625").at("batch"))
          .price(UnitPrice.perMillion("output_tokens", "5.00").at("batch"))
          .build();
  private static final PriceRow SMALL =
      PriceRow.of("openai", "small")
          .price(UnitPrice.perMillion("input_tokens", "0.15"))
          .price(UnitPrice.perMillion("output_tokens", "0.60"))
          .build();
  private static final PriceRow EMBEDDING =
      PriceRow.of("openai", "embedding")
          .price(UnitPrice.perMillion("input_tokens", "0.02"))
          .build();

  @Test
  void requestWithoutShares_costsItsTokens() {
    Estimate estimate = estimate(load(50_000, 1500, 400, "0", "0", "0"));

    assertThat(estimate.perRequest()).isEqualByComparingTo("0.00775");
    assertThat(estimate.perDay()).isEqualByComparingTo("387.50");
    assertThat(estimate.perMonth()).isEqualByComparingTo("11625");
  }

  @Test
  void allowance_addsCallsToEachRequest() {
    Estimate estimate = estimate(load(50_000, 1500, 400, "0", "0", "0.2"));

    assertThat(estimate.perCall()).isEqualByComparingTo("0.00775");
    assertThat(estimate.perRequest()).isEqualByComparingTo("0.0093");
    assertThat(estimate.perDay()).isEqualByComparingTo("465");
  }

  @Test
  void cachedAndBatchShares_arePricedAtTheirOwnRates() {
    // Half of 1,000 input tokens cached: 500 x 2.50 + 500 x 1.25 + 100 x 10 = 2,875 millionths;
    // a quarter of that at half the price: 2,875 x (0.75 + 0.125).
    Estimate estimate = estimate(load(1, 1000, 100, "0.5", "0.25", "0"));

    assertThat(estimate.perCall()).isEqualByComparingTo("0.002515625");
    assertThat(estimate.fallbacks()).isEmpty();
  }

  @Test
  void fractionOfACachedToken_isNotRoundedAway() {
    // One request of four reads its token from the cache: 0.75 x 2.50 + 0.25 x 1.25.
    Estimate estimate = estimate(load(1, 1, 0, "0.25", "0", "0"));

    assertThat(estimate.perCall()).isEqualByComparingTo("0.0000021875");
  }

  @Test
  void missingRate_isBilledAtTheLargerUnitsAndSaid() {
    Estimate estimate =
        new Estimator(List.of(SMALL), NOW, null)
            .estimate("openai", "small", load(1, 1000, 0, "0.5", "0.5", "0"));

    assertThat(estimate.perCall()).isEqualByComparingTo("0.00015");
    assertThat(estimate.fallbacks())
        .contains(
            "cache_read_tokens -> input_tokens", "cache_read_tokens -> standard input_tokens");
  }

  @Test
  void everyModel_isListedFromCheapToDearAndTheUnpricedLast() {
    List<Estimate> all =
        new Estimator(List.of(LARGE, EMBEDDING, SMALL), NOW, null)
            .estimateAll(load(1, 10, 10, "0", "0", "0"));

    assertThat(all).extracting(Estimate::model).containsExactly("small", "large", "embedding");
    assertThat(all.get(2).unpriced()).isEqualTo("UNIT_NOT_PRICED: output_tokens");
    assertThat(all.get(2).perMonth()).isNull();
  }

  @Test
  void modelThatWritesNothing_isNoAlternativeForOneThatWrites() {
    PriceRow free = EMBEDDING.toBuilder().price(UnitPrice.perMillion("output_tokens", "0")).build();
    Estimator estimator = new Estimator(List.of(free), NOW, null);

    assertThat(estimator.estimateAll(load(1, 10, 10, "0", "0", "0")))
        .extracting(Estimate::unpriced)
        .containsExactly("its output price is 0");
    assertThat(estimator.estimateAll(load(1, 10, 0, "0", "0", "0")).get(0).isPriced()).isTrue();
  }

  @Test
  void rows_applyByTheirDatesRegionsAndCustomers() {
    Instant change = Instant.parse("2026-06-01T00:00:00Z");
    PriceRow before = LARGE.toBuilder().effectiveTo(change).build();
    PriceRow after =
        PriceRow.of("openai", "large")
            .effectiveFrom(change)
            .price(UnitPrice.perMillion("input_tokens", "1.00"))
            .build();
    PriceRow negotiated =
        PriceRow.of("openai", "secret")
            .team("search")
            .price(UnitPrice.perMillion("input_tokens", "0.50"))
            .build();
    PriceRow european =
        PriceRow.of("azure", "large")
            .region("eu")
            .price(UnitPrice.perMillion("input_tokens", "1.10"))
            .build();
    List<PriceRow> rows = List.of(before, after, negotiated, european);
    Workload load = load(1, 1_000_000, 0, "0", "0", "0");

    Estimator now = new Estimator(rows, NOW, null);
    assertThat(now.estimate("openai", "large", load).perCall()).isEqualByComparingTo("1");
    assertThat(now.estimateAll(load)).hasSize(1);
    assertThat(now.providersOf("large")).containsExactly("openai");
    Estimator then = new Estimator(rows, change.minusSeconds(1), "eu");
    assertThat(then.estimate("openai", "large", load).perCall()).isEqualByComparingTo("2.50");
    assertThat(then.estimateAll(load)).extracting(Estimate::provider).contains("azure");
    assertThat(then.providersOf("large")).containsExactly("openai", "azure");
  }

  @Test
  void anyWorkload_costsWhatTheMeanRequestCosts() {
    // Without context tiers a cost is linear, so that it can be worked out from means alone.
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      Workload load =
          load(
              1 + random.nextInt(1_000_000),
              1 + random.nextInt(100_000),
              random.nextInt(10_000),
              BigDecimal.valueOf(random.nextInt(1001), 3).toString(),
              BigDecimal.valueOf(random.nextInt(1001), 3).toString(),
              BigDecimal.valueOf(random.nextInt(300), 2).toString());
      BigDecimal input = BigDecimal.valueOf(load.inputTokens());
      BigDecimal cached = input.multiply(load.cachedShare());
      BigDecimal millionths =
          input
              .subtract(cached)
              .multiply(new BigDecimal("2.5"))
              .add(cached.multiply(new BigDecimal("1.25")))
              .add(BigDecimal.valueOf(load.outputTokens() * 10));
      BigDecimal discount = load.batchShare().divide(BigDecimal.valueOf(2));
      BigDecimal perDay =
          millionths
              .movePointLeft(6)
              .multiply(BigDecimal.ONE.subtract(discount))
              .multiply(BigDecimal.ONE.add(load.allowance()))
              .multiply(BigDecimal.valueOf(load.requestsPerDay()));

      assertThat(estimate(load).perDay()).as("seed " + seed).isEqualByComparingTo(perDay);
    }
  }

  @Test
  void impossibleWorkload_isRefusedWithWhatItMayBe() {
    assertRefused(() -> load(0, 1, 1, "0", "0", "0"), "requests a day must be 1 or more, not 0");
    assertRefused(() -> load(1, 0, 0, "0", "0", "0"), "a request has input or output tokens");
    assertRefused(() -> load(1, -1, 5, "0", "0", "0"), "input tokens must be 0 or more, not -1");
    assertRefused(
        () -> load(1, 1, 1, "1.01", "0", "0"), "the cached share must be from 0 to 1, not 1.01");
    assertRefused(() -> load(1, 1, 1, "0", "-1", "0"), "the batch share must be from 0 to 1");
    assertRefused(() -> load(1, 1, 1, "0", "0", "-0.1"), "the allowance must be 0 or more");
    assertRefused(() -> load(1, 1, 1, "1e-999999999", "0", "0"), "a plain decimal number");
  }

  private static void assertRefused(Runnable making, String message) {
    assertThatThrownBy(making::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Estimate estimate(Workload load) {
    return new Estimator(List.of(LARGE), NOW, null).estimate("openai", "large", load);
  }

  private static Workload load(
      long requests, long input, long output, String cached, String batch, String allowance) {
    return new Workload(
        requests,
        input,
        output,
        new BigDecimal(cached),
        new BigDecimal(batch),
        new BigDecimal(allowance));
  }
}

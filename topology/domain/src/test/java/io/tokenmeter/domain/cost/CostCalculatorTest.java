package io.tokenmeter.domain.cost;

import static io.tokenmeter.domain.price.UnitPrice.each;
import static io.tokenmeter.domain.price.UnitPrice.perMillion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.RateTable;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.domain.usage.BillableEvent;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageQuantities;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each rule of pricing, with numbers that can be checked by hand. */
class CostCalculatorTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z"); // a Monday

  private static final PriceRow GPT_4O =
      PriceRow.of("openai", "gpt-4o")
          .price(perMillion("input_tokens", "2.50"))
          .price(perMillion("cache_read_tokens", "1.25"))
          .price(perMillion("output_tokens", "10"))
          .price(perMillion("input_tokens", "1.25").at("batch"))
          .price(perMillion("output_tokens", "5").at("batch"))
          .build();

  private static final PriceRow CLAUDE =
      PriceRow.of("anthropic", "claude-sonnet-4-5")
          .price(perMillion("input_tokens", "3").above(200_000, "6"))
          .price(perMillion("cache_read_tokens", "0.30").above(200_000, "0.60"))
          .price(perMillion("cache_write_tokens", "3.75"))
          .price(perMillion("cache_write_1h_tokens", "6"))
          .price(perMillion("output_tokens", "15").above(200_000, "22.50"))
          .price(each("web_searches", "0.01"))
          .build();

  private final CostCalculator calculator = new CostCalculator();
  private final UsageQuantities usage = new UsageQuantities();

  // Exact money.

  @Test
  void inputAndOutput_areTwoLines() {
    usage.set(Unit.INPUT, 374).set(Unit.OUTPUT, 44);
    Cost cost = price(GPT_4O, event(GPT_4O));
    assertLines(
        cost, "374 input_tokens x 0.0000025 = 0.000935", "44 output_tokens x 0.00001 = 0.00044");
    assertThat(cost.inputCost()).isEqualTo(Money.parse("0.000935"));
    assertThat(cost.outputCost()).isEqualTo(Money.parse("0.00044"));
    assertThat(cost.totalCost()).isEqualTo(Money.parse("0.001375"));
    assertThat(cost.status()).isEqualTo(PricingStatus.PRICED);
    assertThat(cost.fallbacks()).isEmpty();
  }

  @Test
  void smallestPublicPrice_losesNothing() {
    PriceRow row = PriceRow.of("x", "m").price(perMillion("input_tokens", "0.00013")).build();
    usage.set(Unit.INPUT, 3);
    assertThat(price(row, event(row)).totalCost()).isEqualTo(Money.parse("0.00000000039"));
  }

  @Test
  void hugeRequest_isBilledBeyondTheRangeOfALong() {
    PriceRow row = PriceRow.of("x", "m").price(each("input_tokens", "1000")).build();
    usage.set(Unit.INPUT, 999_999_999_999L);
    assertThat(price(row, event(row)).totalCost()).isEqualTo(Money.parse("999999999999000"));
  }

  // Units form a lattice.

  @Test
  void cacheReadsAndWrites_areTakenOutOfTheInput() {
    usage.set(Unit.INPUT, 10_000).set(Unit.CACHE_READ, 6_000);
    usage.set(Unit.CACHE_WRITE, 3_000).set(Unit.CACHE_WRITE_1H, 1_000).set(Unit.OUTPUT, 100);
    Cost cost = price(CLAUDE, event(CLAUDE));
    assertLines(
        cost,
        "1000 input_tokens x 0.000003 = 0.003",
        "6000 cache_read_tokens x 0.0000003 = 0.0018",
        "2000 cache_write_tokens x 0.00000375 = 0.0075",
        "1000 cache_write_1h_tokens x 0.000006 = 0.006",
        "100 output_tokens x 0.000015 = 0.0015");
    assertThat(cost.inputCost()).isEqualTo(Money.parse("0.0183"));
    assertThat(cost.totalCost()).isEqualTo(Money.parse("0.0198"));
    assertThat(cost.sumOf(CostKind.INPUT).toMoney()).isEqualTo(Money.parse("0.003"));
    assertThat(cost.sumOf(CostKind.CACHE_READ).toMoney()).isEqualTo(Money.parse("0.0018"));
    assertThat(cost.sumOf(CostKind.CACHE_WRITE).toMoney()).isEqualTo(Money.parse("0.0135"));
    assertThat(cost.sumOf(CostKind.OUTPUT).toMoney()).isEqualTo(Money.parse("0.0015"));
  }

  @Test
  void unitWithoutPrice_isBilledAtItsNearestPricedTotalAndTheRecordSaysSo() {
    usage.set(Unit.INPUT, 1_000).set(Unit.CACHE_WRITE, 400);
    usage.set(Unit.OUTPUT, 500).set(Unit.OUTPUT_REASONING, 200);
    Cost cost = price(GPT_4O, event(GPT_4O));
    assertLines(
        cost, "1000 input_tokens x 0.0000025 = 0.0025", "500 output_tokens x 0.00001 = 0.005");
    assertThat(cost.status()).isEqualTo(PricingStatus.FALLBACK);
    assertThat(cost.fallbacks())
        .containsExactly(
            "cache_write_tokens -> input_tokens", "output_reasoning_tokens -> output_tokens");
  }

  @Test
  void audioAndCachedAudio_areTakenOutOfBothTheirTotals() {
    PriceRow row =
        PriceRow.of("openai", "gpt-4o-realtime-preview")
            .price(perMillion("input_tokens", "5"))
            .price(perMillion("cache_read_tokens", "2.50"))
            .price(perMillion("input_audio_tokens", "40"))
            .price(perMillion("cache_audio_read_tokens", "2.50"))
            .price(perMillion("output_tokens", "20"))
            .price(perMillion("output_audio_tokens", "80"))
            .build();
    usage.set(Unit.INPUT, 1_000).set(Unit.CACHE_READ, 400).set(Unit.INPUT_AUDIO, 300);
    usage.set(Unit.CACHE_AUDIO_READ, 100).set(Unit.OUTPUT, 50).set(Unit.OUTPUT_AUDIO, 30);
    assertLines(
        price(row, event(row)),
        "400 input_tokens x 0.000005 = 0.002",
        "300 cache_read_tokens x 0.0000025 = 0.00075",
        "200 input_audio_tokens x 0.00004 = 0.008",
        "100 cache_audio_read_tokens x 0.0000025 = 0.00025",
        "20 output_tokens x 0.00002 = 0.0004",
        "30 output_audio_tokens x 0.00008 = 0.0024");
  }

  @Test
  void textThatNothingPrices_changesNoAmount() {
    usage.set(Unit.INPUT, 1_000).set(Unit.INPUT_TEXT, 1_000).set(Unit.CACHE_READ, 400);
    Cost cost = price(GPT_4O, event(GPT_4O));
    assertLines(
        cost,
        "600 input_tokens x 0.0000025 = 0.0015",
        "400 cache_read_tokens x 0.00000125 = 0.0005");
  }

  @Test
  void partWithoutAnyPricedTotal_leavesTheEventUnpricedAndNeverPartlyFree() {
    PriceRow row = PriceRow.of("x", "m").price(perMillion("input_tokens", "1")).build();
    usage.set(Unit.INPUT, 1_000).set(Unit.OUTPUT_IMAGE, 10);
    Cost cost = price(row, event(row));
    assertThat(cost.status()).isEqualTo(PricingStatus.UNPRICED);
    assertThat(cost.unpricedReason()).isEqualTo(UnpricedReason.UNIT_NOT_PRICED);
    assertThat(cost.unpricedText()).isEqualTo("UNIT_NOT_PRICED: output_image_tokens");
    assertThat(cost.hasCost()).isFalse();
    assertThat(cost.lines()).isEmpty();
    assertThat(cost.totalCost()).isEqualTo(Money.ZERO);
  }

  @Test
  void zeroOfAnUnpricedUnit_isNoReasonToLeaveTheEventUnpriced() {
    PriceRow row = PriceRow.of("x", "m").price(perMillion("input_tokens", "1")).build();
    usage.set(Unit.INPUT, 1_000).set(Unit.OUTPUT, 0).setExtra("web_searches", 0);
    assertThat(price(row, event(row)).status()).isEqualTo(PricingStatus.PRICED);
  }

  @Test
  void contradictoryCounts_areRefused() {
    usage.set(Unit.INPUT, 100).set(Unit.CACHE_READ, 200);
    assertThatThrownBy(() -> price(GPT_4O, event(GPT_4O)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input_tokens is 100");
  }

  // Context tiers.

  @Test
  void contextTier_startsStrictlyAboveItsThreshold() {
    usage.set(Unit.INPUT, 200_000).set(Unit.OUTPUT, 1_000);
    Cost at = price(CLAUDE, event(CLAUDE));
    assertThat(at.totalCost()).isEqualTo(Money.parse("0.615")); // 0.600 + 0.015
    assertThat(at.contextThreshold()).isEqualTo(RateTable.BASE);
    usage.set(Unit.INPUT, 200_001);
    Cost above = price(CLAUDE, event(CLAUDE));
    assertThat(above.totalCost()).isEqualTo(Money.parse("1.222506")); // 1.200006 + 0.0225
    assertThat(above.contextThreshold()).isEqualTo(200_000);
  }

  @Test
  void inclusiveRow_startsAtItsThreshold() {
    PriceRow inclusive = CLAUDE.toBuilder().inclusiveThresholds(true).build();
    usage.set(Unit.INPUT, 200_000);
    assertThat(price(inclusive, event(CLAUDE)).totalCost()).isEqualTo(Money.parse("1.2"));
    usage.set(Unit.INPUT, 199_999);
    assertThat(price(inclusive, event(CLAUDE)).totalCost()).isEqualTo(Money.parse("0.599997"));
  }

  @Test
  void contextTier_isChosenByAllInputCacheIncludedAndAppliesToEveryUnitThatHasOne() {
    usage.set(Unit.INPUT, 250_000).set(Unit.CACHE_READ, 240_000).set(Unit.CACHE_WRITE, 10_000);
    usage.set(Unit.OUTPUT, 1_000);
    assertLines(
        price(CLAUDE, event(CLAUDE)),
        "240000 cache_read_tokens x 0.0000006 = 0.144",
        "10000 cache_write_tokens x 0.00000375 = 0.0375", // has no tier of its own
        "1000 output_tokens x 0.0000225 = 0.0225");
  }

  @Test
  void highestCrossedThreshold_winsWhateverTheOrderOfTheList() {
    PriceRow row =
        PriceRow.of("x", "m")
            .price(perMillion("input_tokens", "1").above(256_000, "4").above(32_000, "2"))
            .build();
    usage.set(Unit.INPUT, 32_000);
    assertThat(price(row, event(row)).totalCost()).isEqualTo(Money.parse("0.032"));
    usage.set(Unit.INPUT, 100_000);
    assertThat(price(row, event(row)).totalCost()).isEqualTo(Money.parse("0.2"));
    usage.set(Unit.INPUT, 300_000);
    assertThat(price(row, event(row)).totalCost()).isEqualTo(Money.parse("1.2"));
  }

  @Test
  void marginalTiers_priceOnlyWhatLiesBeyondTheThreshold() {
    PriceRow row =
        PriceRow.of("x", "m")
            .marginalTiers(true)
            .price(perMillion("input_tokens", "1").above(32_000, "2"))
            .price(perMillion("output_tokens", "3").above(32_000, "4"))
            .build();
    usage.set(Unit.INPUT, 40_000).set(Unit.OUTPUT, 1_000);
    Cost cost = price(row, event(row));
    assertLines(
        cost,
        "32000 input_tokens x 0.000001 = 0.032",
        "8000 input_tokens x 0.000002 = 0.016",
        "1000 output_tokens x 0.000003 = 0.003");
    assertThat(cost.contextThreshold()).isEqualTo(32_000);
  }

  // Regions.

  @Test
  void regionMultiplier_appliesToTokensAndNotToFees() {
    PriceRow row = CLAUDE.toBuilder().regionMultiplier("us", new BigDecimal("1.1")).build();
    usage.set(Unit.INPUT, 1_000).set(Unit.CACHE_READ, 500).setExtra("web_searches", 2_000_000);
    assertLines(
        price(row, event(row).withRegion("us")),
        "500 input_tokens x 0.0000033 = 0.00165",
        "500 cache_read_tokens x 0.00000033 = 0.000165",
        "2 web_searches x 0.01 = 0.02");
    assertThat(price(row, event(row).withRegion("eu")).totalCost())
        .isEqualTo(Money.parse("0.02165"));
  }

  @Test
  void regionMultiplier_leavesTheCacheAloneIfTheRowSaysSo() {
    PriceRow row =
        CLAUDE.toBuilder()
            .regionMultiplier("us", new BigDecimal("1.1"))
            .multipliersCoverCache(false)
            .build();
    usage.set(Unit.INPUT, 1_000).set(Unit.CACHE_READ, 300).set(Unit.CACHE_WRITE, 200);
    assertLines(
        price(row, event(row).withRegion("us")),
        "500 input_tokens x 0.0000033 = 0.00165",
        "300 cache_read_tokens x 0.0000003 = 0.00009",
        "200 cache_write_tokens x 0.00000375 = 0.00075");
  }

  // Service tiers.

  @Test
  void servedTier_decides() {
    usage.set(Unit.INPUT, 1_000).set(Unit.OUTPUT, 100);
    Cost cost = price(GPT_4O, event(GPT_4O).withServiceTier("batch"));
    assertThat(cost.totalCost()).isEqualTo(Money.parse("0.00175"));
    assertThat(cost.serviceTier()).isEqualTo("batch");
    assertThat(cost.status()).isEqualTo(PricingStatus.PRICED);
  }

  @Test
  void unitWithoutPriceAtTheTier_takesItsStandardRate() {
    usage.set(Unit.INPUT, 1_000).set(Unit.CACHE_READ, 400);
    Cost cost = price(GPT_4O, event(GPT_4O).withServiceTier("batch"));
    assertLines(
        cost,
        "600 input_tokens x 0.00000125 = 0.00075",
        "400 cache_read_tokens x 0.00000125 = 0.0005");
    assertThat(cost.status()).isEqualTo(PricingStatus.FALLBACK);
    assertThat(cost.fallbacks()).containsExactly("cache_read_tokens -> standard cache_read_tokens");
    assertThat(cost.serviceTier()).isEqualTo("batch");
  }

  @Test
  void tierThatTheRowDoesNotKnow_takesTheStandardRates() {
    usage.set(Unit.INPUT, 1_000).set(Unit.OUTPUT_REASONING, 10);
    Cost cost = price(GPT_4O, event(GPT_4O).withServiceTier("priority"));
    assertThat(cost.totalCost()).isEqualTo(Money.parse("0.0026"));
    assertThat(cost.serviceTier()).isEqualTo("standard");
    assertThat(cost.fallbacks())
        .containsExactly(
            "input_tokens -> standard input_tokens",
            "output_reasoning_tokens -> standard output_tokens");
  }

  @Test
  void tierNamedDefault_isTheStandardTier() {
    usage.set(Unit.INPUT, 1_000);
    Cost cost = price(GPT_4O, event(GPT_4O).withServiceTier("default"));
    assertThat(cost.status()).isEqualTo(PricingStatus.PRICED);
  }

  @Test
  void explicitZero_beatsEveryFallback() {
    PriceRow row =
        GPT_4O.toBuilder()
            .price(perMillion("cache_read_tokens", "0").at("batch"))
            .price(perMillion("output_reasoning_tokens", "0"))
            .build();
    usage.set(Unit.INPUT, 1_000).set(Unit.CACHE_READ, 1_000);
    usage.set(Unit.OUTPUT, 100).set(Unit.OUTPUT_REASONING, 100);
    Cost cost = price(row, event(row).withServiceTier("batch"));
    assertLines(cost, "1000 cache_read_tokens x 0 = 0", "100 output_reasoning_tokens x 0 = 0");
  }

  @Test
  void priceAtTheStandardTier_isNearerThanALargerUnitAtTheServedTier() {
    PriceRow row = GPT_4O.toBuilder().price(perMillion("output_reasoning_tokens", "7")).build();
    usage.set(Unit.OUTPUT, 100).set(Unit.OUTPUT_REASONING, 100);
    assertLines(
        price(row, event(row).withServiceTier("batch")),
        "100 output_reasoning_tokens x 0.000007 = 0.0007");
  }

  // Time of day.

  private static final PriceRow DEEPSEEK =
      PriceRow.of("deepseek", "deepseek-chat")
          .price(perMillion("input_tokens", "0.27"))
          .price(perMillion("output_tokens", "1.10"))
          .window(
              new TimeWindow(
                  "off-peak",
                  "Z",
                  Set.of(),
                  LocalTime.of(16, 30),
                  LocalTime.of(0, 30),
                  List.of(perMillion("input_tokens", "0.135"))))
          .build();

  @Test
  void window_replacesTheRateFromItsStartUntilBeforeItsEnd() {
    usage.set(Unit.INPUT, 1_000_000).set(Unit.OUTPUT, 1_000_000);
    assertThat(totalAt("2026-03-02T16:29:59.999999Z")).isEqualTo(Money.parse("1.37"));
    assertThat(totalAt("2026-03-02T16:30:00Z")).isEqualTo(Money.parse("1.235"));
    assertThat(totalAt("2026-03-03T00:29:59.999999Z")).isEqualTo(Money.parse("1.235"));
    assertThat(totalAt("2026-03-03T00:30:00Z")).isEqualTo(Money.parse("1.37"));
  }

  @Test
  void window_isNamedInTheCost() {
    usage.set(Unit.INPUT, 1);
    BillableEvent night =
        BillableEvent.of("deepseek", "deepseek-chat", Instant.parse("2026-03-02T20:00:00Z"), usage);
    assertThat(price(DEEPSEEK, night).timeWindow()).isEqualTo("off-peak");
    assertThat(price(DEEPSEEK, event(DEEPSEEK)).timeWindow()).isNull();
  }

  @Test
  void windowWithoutARateForTheServedTier_keepsTheRowsRateOfThatTier() {
    PriceRow row =
        DEEPSEEK.toBuilder().price(perMillion("input_tokens", "0.2").at("batch")).build();
    usage.set(Unit.INPUT, 1_000_000);
    BillableEvent night =
        BillableEvent.of("deepseek", "deepseek-chat", Instant.parse("2026-03-02T20:00:00Z"), usage);
    assertThat(price(row, night.withServiceTier("batch")).totalCost())
        .isEqualTo(Money.parse("0.2"));
  }

  @Test
  void firstOfTwoOpenWindows_applies() {
    PriceRow row =
        DEEPSEEK.toBuilder()
            .window(
                new TimeWindow(
                    "weekend",
                    "Z",
                    Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                    LocalTime.MIDNIGHT,
                    LocalTime.MIDNIGHT,
                    List.of(perMillion("input_tokens", "0.1"))))
            .build();
    usage.set(Unit.INPUT, 1_000_000);
    String saturday = "2026-03-07T";
    assertThat(totalAt(row, saturday + "12:00:00Z")).isEqualTo(Money.parse("0.1"));
    assertThat(totalAt(row, saturday + "20:00:00Z")).isEqualTo(Money.parse("0.135"));
    assertThat(totalAt(row, "2026-03-09T12:00:00Z")).isEqualTo(Money.parse("0.27"));
  }

  // Flat fees.

  @Test
  void flatFees_areInNeitherTheInputNorTheOutputCost() {
    usage.set(Unit.INPUT, 1_000).set(Unit.OUTPUT, 100).setExtra("web_searches", 3_000_000);
    Cost cost = price(CLAUDE, event(CLAUDE));
    assertThat(cost.inputCost()).isEqualTo(Money.parse("0.003"));
    assertThat(cost.outputCost()).isEqualTo(Money.parse("0.0015"));
    assertThat(cost.sumOf(CostKind.FEE).toMoney()).isEqualTo(Money.parse("0.03"));
    assertThat(cost.totalCost()).isEqualTo(Money.parse("0.0345"));
  }

  @Test
  void fractionalSeconds_areBilledToThePico() {
    PriceRow row =
        PriceRow.of("openai", "whisper-1").price(each("audio_seconds", "0.0001")).build();
    usage.setExtra("audio_seconds", 12_340_000);
    assertLines(price(row, event(row)), "12.34 audio_seconds x 0.0001 = 0.001234");
  }

  @Test
  void requestFee_isChargedOncePerEventUnlessItSaysHowMany() {
    PriceRow row =
        PriceRow.of("perplexity", "sonar")
            .price(perMillion("input_tokens", "1"))
            .price(each("requests", "0.012"))
            .build();
    usage.set(Unit.INPUT, 1_000);
    assertLines(
        price(row, event(row)),
        "1000 input_tokens x 0.000001 = 0.001",
        "1 requests x 0.012 = 0.012");
    usage.setExtra("requests", 3_000_000);
    assertThat(price(row, event(row)).totalCost()).isEqualTo(Money.parse("0.037"));
    usage.setExtra("requests", 0);
    assertThat(price(row, event(row)).totalCost()).isEqualTo(Money.parse("0.001"));
  }

  @Test
  void eventWithoutAnyQuantity_costsNothingButTheRequestFee() {
    Cost free = price(GPT_4O, event(GPT_4O));
    assertThat(free.status()).isEqualTo(PricingStatus.PRICED);
    assertThat(free.hasCost()).isTrue();
    assertThat(free.lines()).isEmpty();
    assertThat(free.totalCost()).isEqualTo(Money.ZERO);
    PriceRow row = GPT_4O.toBuilder().price(each("requests", "0.001")).build();
    assertThat(price(row, event(row)).totalCost()).isEqualTo(Money.parse("0.001"));
  }

  @Test
  void flatUnitWithoutPrice_leavesTheEventUnpriced() {
    usage.set(Unit.INPUT, 1_000).setExtra("web_searches", 1_000_000);
    Cost cost = price(GPT_4O, event(GPT_4O));
    assertThat(cost.unpricedText()).isEqualTo("UNIT_NOT_PRICED: web_searches");
  }

  @Test
  void reportedRequestCount_isNoFeeWhereRequestsHaveNoPrice() {
    usage.set(Unit.INPUT, 1_000).setExtra("requests", 1_000_000);
    assertThat(price(GPT_4O, event(GPT_4O)).status()).isEqualTo(PricingStatus.PRICED);
  }

  @Test
  void flatFeeWithoutPriceAtTheTier_takesItsStandardRate() {
    usage.setExtra("web_searches", 1_000_000);
    Cost cost = price(CLAUDE, event(CLAUDE).withServiceTier("batch"));
    assertThat(cost.totalCost()).isEqualTo(Money.parse("0.01"));
    assertThat(cost.fallbacks()).containsExactly("web_searches -> standard web_searches");
  }

  // What has no cost.

  @Test
  void rollupSpan_neverCarriesCost() {
    PriceRow row = GPT_4O.toBuilder().price(each("requests", "0.001")).build();
    usage.set(Unit.INPUT, 1_000);
    Cost cost = price(row, event(row).withCostRole(CostRole.ROLLUP));
    assertThat(cost.hasCost()).isFalse();
    assertThat(cost.lines()).isEmpty();
    assertThat(cost.status()).isNotEqualTo(PricingStatus.UNPRICED);
    Cost unknown = calculator.calculate(PriceBook.EMPTY, event(row).withCostRole(CostRole.ROLLUP));
    assertThat(unknown.status()).isNotEqualTo(PricingStatus.UNPRICED);
  }

  @Test
  void modelWithoutPrice_isNeverFree() {
    usage.set(Unit.INPUT, 1_000);
    Cost cost = price(GPT_4O, BillableEvent.of("openai", "gpt-9", NOON, usage));
    assertThat(cost.status()).isEqualTo(PricingStatus.UNPRICED);
    assertThat(cost.unpricedReason()).isEqualTo(UnpricedReason.UNKNOWN_MODEL);
    assertThat(cost.hasCost()).isFalse();
    assertThat(cost.pricedBy()).isNull();
  }

  @Test
  void timeBeforeTheFirstPrice_isToldFromAnUnknownModel() {
    PriceRow row = GPT_4O.toBuilder().effectiveFrom(NOON.plusSeconds(1)).build();
    assertThat(price(row, event(row)).unpricedText()).isEqualTo("NOT_EFFECTIVE");
  }

  @Test
  void reusedCost_rememberNothingOfTheEventBefore() {
    Cost cost = new Cost();
    usage
        .set(Unit.INPUT, 300_000)
        .set(Unit.OUTPUT_REASONING, 5)
        .setExtra("web_searches", 1_000_000);
    calculator.calculate(PriceBook.of(List.of(CLAUDE)), event(CLAUDE), cost);
    usage.clear();
    usage.set(Unit.OUTPUT, 100);
    calculator.calculate(PriceBook.of(List.of(CLAUDE)), event(CLAUDE), cost);
    assertLines(cost, "100 output_tokens x 0.000015 = 0.0015");
    assertThat(cost.status()).isEqualTo(PricingStatus.PRICED);
    assertThat(cost.fallbacks()).isEmpty();
    assertThat(cost.contextThreshold()).isEqualTo(RateTable.BASE);
    assertThat(cost.totalCost()).isEqualTo(Money.parse("0.0015"));
  }

  private Cost price(PriceRow row, BillableEvent event) {
    return calculator.calculate(PriceBook.of(List.of(row)), event);
  }

  private BillableEvent event(PriceRow row) {
    return BillableEvent.of(row.provider(), row.model(), NOON, usage);
  }

  private Money totalAt(String instant) {
    return totalAt(DEEPSEEK, instant);
  }

  private Money totalAt(PriceRow row, String instant) {
    Instant at = Instant.parse(instant);
    return price(row, BillableEvent.of(row.provider(), row.model(), at, usage)).totalCost();
  }

  private static void assertLines(Cost cost, String... expected) {
    assertThat(cost.lines())
        .extracting(
            line ->
                "%s %s x %s = %s"
                    .formatted(
                        line.quantity().toPlainString(),
                        line.unit(),
                        Money.ofPicos(line.picosPerUnit()).toPlainString(),
                        line.cost().toPlainString()))
        .containsExactly(expected);
  }
}

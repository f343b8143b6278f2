package io.tokenmeter.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.cost.CostKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-03");
  private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

  @Test
  void sameTokensAndCost_agree() {
    Reconciliation result =
        compare(List.of(line(1000, 400, 100, "0.004")), metered(1000, 400, 100, "0.004"));

    assertThat(result.agrees()).isTrue();
    assertThat(result.days()).hasSize(1);
    assertThat(result.days().get(0).explanations()).isEmpty();
    assertThat(result.models().get(0).costDifference()).isEqualByComparingTo("0");
  }

  @Test
  void differenceWithinTheTolerance_agrees() {
    assertThat(
            compare(List.of(line(100_000, 0, 0, "1.00")), metered(99_100, 0, 0, "0.991")).agrees())
        .isTrue();
    assertThat(
            compare(List.of(line(100_000, 0, 0, "1.00")), metered(98_900, 0, 0, "0.991")).agrees())
        .isFalse();
    // Less than a cent is within, however large the share is.
    assertThat(compare(List.of(cost("0.001", null)), metered(1, 0, 0, "0.009")).agrees()).isTrue();
  }

  @Test
  void nextToNothingWithoutALine_agrees() {
    Billed nothing = new Billed(List.of(), List.of(DAY), name -> name);
    Metered unpriced = new Metered();
    tokens(unpriced, NOON, 10, 0, 1).unpriced(1);

    assertThat(
            new Reconciliation(nothing, metered(10, 0, 1, "0.01"), ZoneOffset.UTC, Tolerance.USUAL)
                .agrees())
        .isTrue();
    assertThat(new Reconciliation(nothing, unpriced, ZoneOffset.UTC, Tolerance.USUAL).agrees())
        .isFalse();
  }

  @Test
  void nothingMetered_isMissingEvents() {
    assertCause(
        List.of(line(1000, 0, 10, "5")),
        new Metered(),
        Cause.MISSING_EVENTS,
        "nothing of it was metered");
  }

  @Test
  void nothingBilled_isNoLine() {
    Reconciliation result =
        new Reconciliation(
            new Billed(List.of(), List.of(DAY), name -> name),
            metered(1000, 0, 10, "5"),
            ZoneOffset.UTC,
            Tolerance.USUAL);

    assertThat(result.days()).hasSize(1);
    assertThat(result.days().get(0).explanations().get(0).cause()).isEqualTo(Cause.NO_LINE);
  }

  @Test
  void allKindsShortByTheSameShare_areMissingEvents() {
    assertCause(
        List.of(line(10_000, 2000, 1000, "10")),
        metered(9000, 1800, 900, "9"),
        Cause.MISSING_EVENTS,
        "short by about the same 10.0 %");
    assertCause(
        List.of(line(10_000, 2000, 1000, "10")),
        metered(20_000, 4000, 2000, "20"),
        Cause.SURPLUS_EVENTS,
        "exceed the bill by about the same 100.0 %");
  }

  @Test
  void equalTokensAndAnotherCost_areAnotherPrice() {
    Metered metered = new Metered();
    tokens(metered, NOON, 1000, 0, 100)
        .cost(usd("2.50"), CostKind.INPUT)
        .cost(usd("12"), CostKind.OUTPUT);

    assertCause(
        List.of(
            new BilledLine(
                DAY, "m", Map.of(TokenKind.INPUT, 1000L), null, usd("2.50"), CostKind.INPUT, null),
            new BilledLine(
                DAY, "m", Map.of(TokenKind.OUTPUT, 100L), null, usd("10"), CostKind.OUTPUT, null)),
        metered,
        Cause.PRICE,
        "the cost differs by the factor 1.16 (output by 1.2)");
  }

  @Test
  void halfOfTheMeteredCost_isBatchTraffic() {
    assertCause(
        List.of(line(1000, 0, 100, "5")),
        metered(1000, 0, 100, "10"),
        Cause.BATCH_TIER,
        "half of the metered cost is billed");
    BilledLine batch =
        new BilledLine(
            DAY,
            "m",
            Map.of(TokenKind.INPUT, 1000L, TokenKind.OUTPUT, 100L),
            null,
            usd("7"),
            null,
            true);
    assertCause(
        List.of(batch),
        metered(1000, 0, 100, "10"),
        Cause.BATCH_TIER,
        "1100 of them are billed in the batch tier and 0 were metered there");
  }

  @Test
  void cachedTokensCountedOtherwise_areToldApart() {
    assertCause(
        List.of(line(1000, 400, 100, "2")),
        metered(1000, 0, 100, "3"),
        Cause.CACHED_TOKENS,
        "400 cached tokens are billed and 0 were metered");
    assertCause(
        List.of(line(1000, 400, 100, "2")),
        metered(600, 400, 100, "1"),
        Cause.CACHED_TOKENS,
        "the metered input lacks just the billed cached tokens");
    assertCause(
        List.of(line(1000, 400, 100, "2")),
        metered(1400, 400, 100, "3"),
        Cause.CACHED_TOKENS,
        "has its cached tokens on top");
  }

  @Test
  void unpricedRequests_explainMissingCost() {
    Metered metered = new Metered();
    tokens(metered, NOON, 1000, 0, 100).cost(usd("1"), null).unpriced(3);

    Reconciliation result = compare(List.of(line(1000, 0, 100, "4")), metered);

    assertThat(result.days().get(0).explanations())
        .extracting(Explanation::cause)
        .containsExactly(Cause.UNPRICED);
    assertThat(result.days().get(0).explanations().get(0).text()).startsWith("3 metered requests");
  }

  @Test
  void roundedLines_areRounding() {
    // 40 lines of whole cents may be off by half a cent each.
    List<BilledLine> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      lines.add(
          new BilledLine(
              DAY, "m", Map.of(TokenKind.OUTPUT, 100L), null, usd("0.02"), CostKind.OUTPUT, null));
    }
    assertCause(lines, metered(0, 0, 4000, "0.96"), Cause.ROUNDING, "no more than the rounding");
  }

  @Test
  void daysOfAnotherZone_areRecognisedByTheHours() {
    // 200 tokens an hour at night and 100 by day; the export counts days of Los Angeles, UTC-8.
    Metered metered = new Metered();
    Instant start = Instant.parse("2026-11-01T00:00:00Z");
    Map<LocalDate, Long> days = new java.util.TreeMap<>();
    for (int hour = 0; hour < 6 * 24; hour++) {
      Instant at = start.plusSeconds(hour * 3600L);
      long count = hour % 24 < 12 ? 200 + hour : 100;
      tokens(metered, at, count, 0, 0).cost(BigDecimal.valueOf(count), null);
      days.merge(LocalDate.ofInstant(at, ZoneOffset.ofHours(-8)), count, Long::sum);
    }
    List<BilledLine> lines = new ArrayList<>();
    for (String day : List.of("2026-11-02", "2026-11-03", "2026-11-04")) {
      long count = days.get(LocalDate.parse(day));
      lines.add(
          new BilledLine(
              LocalDate.parse(day),
              "m",
              Map.of(TokenKind.INPUT, count),
              null,
              BigDecimal.valueOf(count),
              null,
              null));
    }

    Reconciliation result = compare(lines, metered);

    assertThat(result.agrees()).isFalse();
    assertThat(result.days()).hasSize(3);
    for (Comparison day : result.days()) {
      assertThat(day.explanations().get(0).text())
          .startsWith("all days agree if they begin 8 hours later than midnight in Z");
    }
    assertThat(
            new Reconciliation(
                    new Billed(lines, List.of(), name -> name),
                    metered,
                    ZoneId.of("America/Los_Angeles"),
                    Tolerance.USUAL)
                .agrees())
        .isTrue();
  }

  @Test
  void exportWithoutTokens_saysThatItCannotTell() {
    assertCause(
        List.of(cost("10", CostKind.OUTPUT)),
        metered(10, 0, 10, "7"),
        Cause.UNKNOWN,
        "the metered cost is 0.7 times the billed one");
    assertCause(
        List.of(cost("10", null)), metered(10, 0, 10, "20"), Cause.BATCH_TIER, "no tokens to tell");
  }

  @Test
  void daysOfRoundedCents_areExplainedByTheirSum() {
    Metered metered = new Metered();
    List<BilledLine> lines = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      // Half of 0.39 to 0.45 dollars, in whole cents: factors from 1.95 to 2.05.
      BigDecimal cost = new BigDecimal("0.39").add(BigDecimal.valueOf(i, 2));
      BigDecimal half = cost.divide(BigDecimal.valueOf(2)).setScale(2, RoundingMode.HALF_EVEN);
      tokens(metered, NOON.plusSeconds(i * 86_400L), 10, 0, 10).cost(cost, null);
      lines.add(new BilledLine(DAY.plusDays(i), "m", Map.of(), null, half, null, false));
    }

    Reconciliation result = compare(lines, metered);

    assertThat(result.days()).hasSize(7);
    assertThat(result.days())
        .allSatisfy(
            day ->
                assertThat(day.explanations())
                    .extracting(Explanation::cause)
                    .containsExactly(Cause.BATCH_TIER));
  }

  @Test
  void exportWithoutModels_isComparedByDay() {
    Metered metered = metered(10, 0, 0, "4");
    tokens(metered.at(NOON, "other"), 10, 0, 0).cost(usd("6"), null);
    BilledLine all = new BilledLine(DAY, "", Map.of(), null, usd("10"), null, null);

    Reconciliation result = compare(List.of(all), metered);

    assertThat(result.agrees()).isTrue();
    assertThat(result.days()).extracting(Comparison::model).containsExactly("");
  }

  @Test
  void modelsAreMatchedByTheNamesOfTheirPrices() {
    BilledLine dated = new BilledLine(DAY, "m-2026-01-01", Map.of(), null, usd("3"), null, null);
    Billed billed = new Billed(List.of(dated), List.of(), name -> name.substring(0, 1));

    assertThat(
            new Reconciliation(billed, metered(1, 0, 0, "3"), ZoneOffset.UTC, Tolerance.USUAL)
                .agrees())
        .isTrue();
  }

  @Test
  void anyUsage_agreesWithItsOwnBillHoweverItIsCutIntoLines() {
    for (long seed = 1; seed <= 300; seed++) {
      Random random = new Random(seed);
      Metered metered = new Metered();
      List<BilledLine> lines = new ArrayList<>();
      BigDecimal total = BigDecimal.ZERO;
      for (int i = 0; i < 40; i++) {
        Instant at = Instant.parse("2026-11-01T00:00:00Z").plusSeconds(random.nextInt(5 * 86_400));
        String model = "m" + random.nextInt(3);
        long input = random.nextInt(5000);
        long read = random.nextInt((int) input + 1);
        long output = random.nextInt(900);
        BigDecimal cost = BigDecimal.valueOf(random.nextInt(1_000_000), 6);
        total = total.add(cost);
        tokens(metered.at(at, model), input, read, output).cost(cost, null);
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        lines.add(
            new BilledLine(day, model, Map.of(TokenKind.INPUT, input), null, cost, null, null));
        lines.add(
            new BilledLine(day, model, Map.of(TokenKind.CACHE_READ, read), null, null, null, null));
        lines.add(
            new BilledLine(day, model, Map.of(TokenKind.OUTPUT, output), 1L, null, null, null));
      }
      java.util.Collections.shuffle(lines, random);
      Tolerance exact = new Tolerance(BigDecimal.ZERO, BigDecimal.ZERO);

      Reconciliation whole =
          new Reconciliation(new Billed(lines, List.of(), m -> m), metered, ZoneOffset.UTC, exact);
      assertThat(whole.agrees()).as("seed " + seed).isTrue();
      assertThat(
              whole.models().stream()
                  .map(m -> m.metered().cost())
                  .reduce(BigDecimal.ZERO, BigDecimal::add))
          .as("seed " + seed)
          .isEqualByComparingTo(total);

      BilledLine dearer = cost("0.000001", null);
      lines.add(
          new BilledLine(
              lines.get(0).day(),
              lines.get(0).model(),
              Map.of(),
              null,
              dearer.costUsd(),
              null,
              null));
      assertThat(
              new Reconciliation(
                      new Billed(lines, List.of(), m -> m), metered, ZoneOffset.UTC, exact)
                  .agrees())
          .as("seed " + seed)
          .isFalse();
    }
  }

  private static void assertCause(
      List<BilledLine> lines, Metered metered, Cause cause, String words) {
    Reconciliation result = compare(lines, metered);
    assertThat(result.agrees()).isFalse();
    List<Explanation> why = result.days().get(0).explanations();
    assertThat(why).extracting(Explanation::cause).containsExactly(cause);
    assertThat(why.get(0).text()).contains(words);
  }

  private static Reconciliation compare(List<BilledLine> lines, Metered metered) {
    return new Reconciliation(
        new Billed(lines, List.of(), name -> name), metered, ZoneOffset.UTC, Tolerance.USUAL);
  }

  private static BilledLine line(long input, long cached, long output, String cost) {
    return new BilledLine(
        DAY,
        "m",
        Map.of(TokenKind.INPUT, input, TokenKind.CACHE_READ, cached, TokenKind.OUTPUT, output),
        null,
        usd(cost),
        null,
        null);
  }

  private static BilledLine cost(String usd, @Nullable CostKind kind) {
    return new BilledLine(DAY, "m", Map.of(), null, usd(usd), kind, null);
  }

  private static Metered metered(long input, long cached, long output, String cost) {
    Metered metered = new Metered();
    tokens(metered, NOON, input, cached, output).cost(usd(cost), null).batchTokens(0);
    return metered;
  }

  private static Amounts tokens(Metered metered, Instant at, long input, long cached, long output) {
    return tokens(metered.at(at, "m"), input, cached, output);
  }

  private static Amounts tokens(Amounts amounts, long input, long cached, long output) {
    return amounts
        .tokens(TokenKind.INPUT, input)
        .tokens(TokenKind.CACHE_READ, cached)
        .tokens(TokenKind.OUTPUT, output);
  }

  private static BigDecimal usd(String amount) {
    return new BigDecimal(amount);
  }
}

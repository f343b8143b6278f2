package io.tokenmeter.domain.savings;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SavingsFinderTest {
  private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-11-02T00:00:00Z");

  /** Dollars a million tokens: 2 in, 1 cached, 4 written to the cache, 10 out; batch for half. */
  private static final PriceBook BOOK =
      PriceBook.of(
          List.of(
              PriceRow.of("openai", "large")
                  .price(UnitPrice.perMillion("input_tokens", "2"))
                  .price(UnitPrice.perMillion("cache_read_tokens", "1"))
                  .price(UnitPrice.perMillion("cache_write_tokens", "4"))
                  .price(UnitPrice.perMillion("output_tokens", "10"))
                  .price(UnitPrice.perMillion("input_tokens", "1").at("batch"))
                  .price(UnitPrice.perMillion("cache_read_tokens", "0.5").at("batch"))
                  .price(UnitPrice.perMillion("cache_write_tokens", "2").at("batch"))
                  .price(UnitPrice.perMillion("output_tokens", "5").at("batch"))
                  .build(),
              PriceRow.of("openai", "small")
                  .price(UnitPrice.perMillion("input_tokens", "0.2"))
                  .price(UnitPrice.perMillion("output_tokens", "1"))
                  .build()));

  private final List<ServedRequest> requests = new ArrayList<>();

  @Test
  void requestsThatMayWait_saveTheDifferenceToTheBatchTier() {
    add(10, "nightly", "large", 1000, 0, 100, true);
    add(10, "live", "large", 1000, 0, 100, false);
    add(10, "nightly", "small", 1000, 0, 100, true); // no batch price

    List<Saving> batch = savings(Saving.Kind.BATCH);

    assertThat(batch).hasSize(1);
    assertThat(batch.get(0).subject()).isEqualTo("nightly");
    assertThat(batch.get(0).requests()).isEqualTo(10);
    // 10 x (1,000 x 2 + 100 x 10) millionths, and half of it.
    assertThat(batch.get(0).spent()).isEqualTo(Money.parse("0.03"));
    assertThat(batch.get(0).saved()).isEqualTo(Money.parse("0.015"));
  }

  @Test
  void requestsServedInBatch_saveNothingMore() {
    requests.add(request("nightly", "large", "batch", 1000, 0, 0, 100, null, true, true));

    assertThat(savings(Saving.Kind.BATCH)).isEmpty();
  }

  @Test
  void groupThatCachesLess_isComparedWithTheBestOfItsModel() {
    add(10, "cached", "large", 1000, 800, 0, false);
    add(10, "uncached", "large", 500, 100, 0, false);
    add(9, "few", "large", 1000, 1000, 0, false);
    add(10, "other-model", "small", 1000, 0, 0, false);

    List<Saving> cache = savings(Saving.Kind.CACHE);

    assertThat(cache).hasSize(1);
    Saving saving = cache.get(0);
    assertThat(saving.subject()).isEqualTo("uncached");
    assertThat(saving.alternative()).isEqualTo("cached");
    // 400 instead of 100 of 500 tokens at 1 instead of 2 dollars a million, ten times.
    assertThat(saving.saved()).isEqualTo(Money.parse("0.003"));
    assertThat(saving.evidence()).isEqualTo("20.0 % of 5000 input tokens cached, 80.0 % there");
  }

  @Test
  void cachingThatCostsMoreInWritesThanItSaves_isNoSaving() {
    for (int i = 0; i < 10; i++) {
      requests.add(request("writer", "large", null, 1000, 200, 800, 0, null, true, false));
    }
    add(10, "uncached", "large", 1000, 0, 0, false);

    assertThat(savings(Saving.Kind.CACHE)).isEmpty();
  }

  @Test
  void taskThatACheaperModelDoesToo_isPricedWithIt() {
    add(10, "research", "large", 1000, 0, 100, false);
    add(10, "research", "small", 500, 0, 50, false);
    add(10, "alone", "large", 1000, 0, 100, false);

    List<Saving> smaller = savings(Saving.Kind.SMALLER_MODEL);

    assertThat(smaller).hasSize(1);
    assertThat(smaller.get(0).alternative()).isEqualTo("small (openai)");
    // 0.003 a request with the large model, 0.0003 with the small one.
    assertThat(smaller.get(0).saved()).isEqualTo(Money.parse("0.027"));
    assertThat(smaller.get(0).evidence()).isEqualTo("100.0 % of 10 succeed, 100.0 % of 10 there");
  }

  @Test
  void cheaperModelThatFailsMoreOften_isNoAlternative() {
    add(10, "research", "large", 1000, 0, 100, false);
    add(9, "research", "small", 500, 0, 50, false);
    requests.add(request("research", "small", null, 500, 0, 0, 50, null, false, false));

    assertThat(savings(Saving.Kind.SMALLER_MODEL)).isEmpty();
  }

  @Test
  void longTailOfOutput_isCutAtItsPercentile() {
    add(198, "chat", "large", 0, 0, 100, false);
    add(2, "chat", "large", 0, 0, 5100, false);

    List<Saving> output = savings(Saving.Kind.OUTPUT_CAP, Saving.Kind.AT_CAP);

    assertThat(output).hasSize(1);
    assertThat(output.get(0).kind()).isEqualTo(Saving.Kind.OUTPUT_CAP);
    assertThat(output.get(0).alternative()).isEqualTo("cap at 100");
    // Twice 5,000 tokens at 10 dollars a million.
    assertThat(output.get(0).saved()).isEqualTo(Money.parse("0.1"));
    assertThat(output.get(0).evidence())
        .isEqualTo("33.3 % of 30000 output tokens are beyond the 99th percentile");
  }

  @Test
  void outputThatEndsAtItsCap_isShownAndClaimsNoSaving() {
    add(8, "chat", "large", 100, 0, 50, false);
    requests.add(request("chat", "large", null, 100, 0, 0, 50, 50L, true, false));
    requests.add(request("chat", "large", null, 100, 0, 0, 50, 51L, true, false));

    List<Saving> output = savings(Saving.Kind.OUTPUT_CAP, Saving.Kind.AT_CAP);

    assertThat(output).hasSize(1);
    assertThat(output.get(0).kind()).isEqualTo(Saving.Kind.AT_CAP);
    assertThat(output.get(0).requests()).isEqualTo(1);
    assertThat(output.get(0).spent()).isEqualTo(Money.parse("0.0007"));
    assertThat(output.get(0).saved()).isEqualTo(Money.ZERO);
    assertThat(output.get(0).evidence()).isEqualTo("1 of 10 requests wrote until their cap");
  }

  @Test
  void capacity_needsWhatTheBusiestHourNeeds() {
    // 10 x 1,800 s of output in the first hour: 5 hours of work, 6.25 units at 0.8 of their power.
    add(10, "chat", "large", 0, 0, 180_000, false);

    Saving saving = capacity("2", "openai/lar*");

    assertThat(saving.alternative()).isEqualTo("7 units");
    assertThat(saving.spent()).isEqualTo(Money.parse("18"));
    // 7 units for 24 hours at 2 dollars.
    assertThat(saving.saved()).isEqualTo(Money.parse("-318"));
    // 5 of 168 hours; 18 dollars for 5 hours of work against 2 dollars an hour.
    assertThat(saving.evidence()).isEqualTo("busy 3.0 % of the time; pays from 55.6 % on");
  }

  @Test
  void capacityThatIsDearerThanItsWork_neverPays() {
    add(10, "chat", "large", 0, 0, 180_000, false);

    assertThat(capacity("4", "*/*").evidence())
        .endsWith("never pays: a busy hour of it is paid with $3.60 now");
    assertThat(capacity("4", "azure/*").evidence()).isEqualTo("no requests of these models");
  }

  @Test
  void anyRequests_saveInBatchHalfOfWhatTheyCost() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      requests.clear();
      Money spent = Money.ZERO;
      for (int i = 0; i < 30; i++) {
        long input = random.nextInt(10_000);
        long read = random.nextInt((int) input + 1);
        long written = random.nextInt((int) (input - read) + 1);
        requests.add(
            request(
                "w" + random.nextInt(4),
                "large",
                null,
                input,
                read,
                written,
                random.nextInt(2000),
                null,
                true,
                true));
        spent = spent.plus(requests.get(i).cost());
      }

      Money saved =
          savings(Saving.Kind.BATCH).stream().map(Saving::saved).reduce(Money.ZERO, Money::plus);
      assertThat(saved.times(2)).as("seed " + seed).isEqualTo(spent);
    }
  }

  private List<Saving> savings(Saving.Kind... kinds) {
    SavingsFinder finder = new SavingsFinder(BOOK, 10);
    requests.forEach(finder::survey);
    requests.forEach(finder::price);
    return finder.savings().stream()
        .filter(saving -> List.of(kinds).contains(saving.kind()))
        .toList();
  }

  private Saving capacity(String usd, String replaces) {
    CapacityComparison comparison = new CapacityComparison(offer(usd, replaces), FROM, TO);
    requests.forEach(comparison::add);
    return comparison.saving();
  }

  private void add(
      int count, String group, String model, long input, long read, long output, boolean waits) {
    for (int i = 0; i < count; i++) {
      requests.add(request(group, model, null, input, read, 0, output, null, true, waits));
    }
  }

  private static ServedRequest request(
      String group,
      String model,
      @Nullable String tier,
      long input,
      long read,
      long written,
      long output,
      @Nullable Long cap,
      boolean ok,
      boolean waits) {
    Map<Unit, Long> tokens = new EnumMap<>(Unit.class);
    tokens.put(Unit.INPUT, input);
    tokens.put(Unit.CACHE_READ, read);
    tokens.put(Unit.CACHE_WRITE, written);
    tokens.put(Unit.OUTPUT, output);
    return new ServedRequest(
        "openai",
        model,
        tier,
        null,
        null,
        null,
        FROM.getEpochSecond() * 1_000_000,
        group,
        group,
        ok,
        waits,
        tokens,
        Map.of(),
        cap,
        cost(model, tier, input, read, written, output));
  }

  /** The price list once more, in millionths of a dollar. */
  private static Money cost(
      String model, @Nullable String tier, long input, long read, long written, long output) {
    BigDecimal millionths =
        model.equals("large")
            ? BigDecimal.valueOf((input - read - written) * 2 + read + written * 4 + output * 10)
            : BigDecimal.valueOf(input * 2 + output * 10, 1);
    BigDecimal dollars = millionths.movePointLeft(6);
    return Money.of(tier == null ? dollars : dollars.divide(BigDecimal.valueOf(2)));
  }

  private static CapacityOffer offer(String usd, String replaces) {
    return new CapacityOffer(
        "rented",
        "self-hosted",
        List.of(replaces),
        Money.parse(usd),
        new BigDecimal("1000"),
        new BigDecimal("100"),
        CapacityOffer.USUAL_UTILIZATION);
  }
}

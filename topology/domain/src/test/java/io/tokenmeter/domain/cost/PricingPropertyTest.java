package io.tokenmeter.domain.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.cost.ReferencePricer.Bill;
import io.tokenmeter.domain.cost.ReferencePricer.Happened;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.BillableEvent;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageQuantities;
import io.tokenmeter.domain.usage.UsageValidator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random rows and requests: the calculator and the reference agree to the last pico-dollar. */
class PricingPropertyTest {

  private static final int CASES = 20_000;

  private final CostCalculator calculator = new CostCalculator();
  private final Cost cost = new Cost();

  @Test
  void everyBill_agreesWithTheReference() {
    int priced = 0;
    for (int i = 0; i < CASES; i++) {
      long seed = 20_260_301L + i;
      RandomPricing random = new RandomPricing(new Random(seed));
      PriceRow row = random.row();
      Happened happened = random.request();
      Bill expected = ReferencePricer.price(row, happened);
      calculate(row, happened, report(happened.tokens()));
      assertAgrees(expected, "seed " + seed);
      priced += cost.hasCost() ? 1 : 0;
    }
    assertThat(priced).as("cases with a cost").isBetween(CASES / 3, CASES - CASES / 20);
  }

  @Test
  void sums_areTheSumsOfTheLines() {
    for (int i = 0; i < CASES; i++) {
      long seed = 77_000_000L + i;
      RandomPricing random = new RandomPricing(new Random(seed));
      Happened happened = random.request();
      calculate(random.row(), happened, report(happened.tokens()));
      BigDecimal sum = BigDecimal.ZERO;
      for (CostLine line : cost.lines()) {
        sum = sum.add(line.cost().toBigDecimal());
      }
      BigDecimal ofKinds = cost.inputCost().plus(cost.outputCost()).toBigDecimal();
      ofKinds = ofKinds.add(cost.sumOf(CostKind.FEE).toMoney().toBigDecimal());
      assertThat(cost.totalCost().toBigDecimal()).as("seed %d", seed).isEqualByComparingTo(sum);
      assertThat(ofKinds).as("seed %d", seed).isEqualByComparingTo(sum);
    }
  }

  /** Reporting a unit in more detail than the row prices must not change the cost. */
  @Test
  void detailThatTheRowDoesNotPrice_changesNoAmount() {
    PriceRow coarse =
        PriceRow.of("p", "m")
            .price(UnitPrice.of("input_tokens", 7))
            .price(UnitPrice.of("cache_read_tokens", 3))
            .price(UnitPrice.of("output_tokens", 11))
            .build();
    for (int i = 0; i < CASES; i++) {
      long seed = 5_000_000L + i;
      Random random = new Random(seed);
      Happened happened = new RandomPricing(random).request();
      UsageQuantities all = report(happened.tokens());
      UsageQuantities some = new UsageQuantities();
      for (Unit unit : Unit.values()) {
        boolean basic = unit == Unit.INPUT || unit == Unit.OUTPUT || unit == Unit.CACHE_READ;
        if (all.has(unit) && (basic || random.nextInt(3) == 0)) {
          some.set(unit, all.get(unit));
        }
      }
      Happened tokensOnly =
          new Happened(happened.tokens(), Map.of(), happened.tier(), null, happened.at());
      calculate(coarse, tokensOnly, all);
      var expected = cost.totalCost();
      assertThat(new UsageValidator().checkQuantities(some))
          .as("seed %d: %s", seed, reported(some))
          .isNull();
      calculate(coarse, tokensOnly, some);
      assertThat(cost.totalCost()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  private void calculate(PriceRow row, Happened happened, UsageQuantities quantities) {
    happened
        .flat()
        .forEach((unit, q) -> quantities.setExtra(unit, q.unscaledValue().longValueExact()));
    BillableEvent event =
        BillableEvent.of("p", "m", happened.at(), quantities)
            .withServiceTier(happened.tier())
            .withRegion(happened.region());
    calculator.calculate(PriceBook.of(List.of(row)), event, cost);
  }

  /** What a provider would report of these tokens: every unit that has any, parts included. */
  private static UsageQuantities report(Map<Set<String>, Long> tokens) {
    UsageQuantities quantities = new UsageQuantities();
    for (Unit unit : Unit.values()) {
      Set<String> words = ReferencePricer.words(unit.wireName());
      long count = 0;
      boolean seen = false;
      for (var cell : tokens.entrySet()) {
        if (cell.getKey().containsAll(words)) {
          count += cell.getValue();
          seen = true;
        }
      }
      if (seen) {
        quantities.set(unit, count);
      }
    }
    return quantities;
  }

  private void assertAgrees(Bill expected, String context) {
    if (expected.unpricedUnit().isPresent()) {
      assertThat(cost.status()).as(context).isEqualTo(PricingStatus.UNPRICED);
      assertThat(cost.lines()).as(context).isEmpty();
      return;
    }
    Map<String, BigDecimal> lines = new TreeMap<>();
    for (CostLine line : cost.lines()) {
      String price = line.unitPrice().stripTrailingZeros().toPlainString();
      lines.merge(line.unit() + " at " + price, line.quantity(), BigDecimal::add);
    }
    assertThat(lines.keySet()).as(context).isEqualTo(expected.lines().keySet());
    lines.forEach(
        (line, quantity) ->
            assertThat(quantity)
                .as(context + " " + line)
                .isEqualByComparingTo(expected.lines().get(line)));
    assertMoney(cost.inputCost().toBigDecimal(), expected.input(), context + " input");
    assertMoney(cost.outputCost().toBigDecimal(), expected.output(), context + " output");
    assertMoney(
        cost.sumOf(CostKind.FEE).toMoney().toBigDecimal(), expected.fees(), context + " fees");
    assertThat(cost.fallbacks()).as(context).hasSize(expected.fallbackUnits().size());
    assertThat(cost.status())
        .as(context)
        .isEqualTo(
            expected.fallbackUnits().isEmpty() ? PricingStatus.PRICED : PricingStatus.FALLBACK);
  }

  private static void assertMoney(BigDecimal actual, BigDecimal expected, String context) {
    assertThat(actual).as(context).isEqualByComparingTo(expected);
  }

  private static String reported(UsageQuantities quantities) {
    StringBuilder text = new StringBuilder();
    for (Unit unit : Unit.values()) {
      if (quantities.has(unit)) {
        text.append(unit).append('=').append(quantities.get(unit)).append(' ');
      }
    }
    return text.toString();
  }
}

package io.tokenmeter.domain.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether one model's unit prices explain most of a change. */
class PriceChangeTest {
  /** 100 requests of 3,000 input tokens, 2,000 of them cached, and 200 output tokens: $0.70. */
  private static final ModelUsage HUNDRED =
      new ModelUsage(100, 0, 300_000, 200_000, 0, 20_000, 0.25, 0.25, 0, 0.2, 0.7);

  /** The same tokens at twice the price. */
  private static final ModelUsage DEARER =
      new ModelUsage(100, 0, 300_000, 200_000, 0, 20_000, 0.5, 0.5, 0, 0.4, 1.4);

  /** 100 requests to another model, $0.30. */
  private static final ModelUsage MINI =
      new ModelUsage(100, 0, 300_000, 0, 0, 20_000, 0.2, 0, 0, 0.1, 0.3);

  @Test
  void twiceThePrice_isThatOfTheModel() {
    assertThat(model(Map.of("gpt-4o", HUNDRED), Map.of("gpt-4o", DEARER), 0.7)).isEqualTo("gpt-4o");
  }

  @Test
  void halfThePrice_isThatOfTheModelAsWell() {
    assertThat(model(Map.of("gpt-4o", DEARER), Map.of("gpt-4o", HUNDRED), 1.4)).isEqualTo("gpt-4o");
  }

  @Test
  void priceOfOneOfTwoModels_isThatOfTheOne() {
    assertThat(
            model(
                Map.of("gpt-4o", HUNDRED, "gpt-4o-mini", MINI),
                Map.of("gpt-4o", DEARER, "gpt-4o-mini", MINI),
                1))
        .isEqualTo("gpt-4o");
  }

  /** Twice the price and a tenth more requests: ln 2 / ln 2.2 = 0.88 of it is the price. */
  @Test
  void twiceThePriceOfSomewhatMoreRequests_isThatOfTheModel() {
    assertThat(model(Map.of("gpt-4o", HUNDRED), Map.of("gpt-4o", DEARER.times(1.1)), 0.7))
        .isEqualTo("gpt-4o");
  }

  /** Ten times the requests at twice the price: ln 2 / ln 20 = 0.23 of it is the price. */
  @Test
  void loopOfAModelWhosePriceDoubled_isNoPriceChange() {
    assertThat(model(Map.of("gpt-4o", HUNDRED), Map.of("gpt-4o", DEARER.times(10)), 0.7)).isNull();
  }

  @Test
  void longerPromptsAndLostCache_areNoPriceChange() {
    ModelUsage uncached = new ModelUsage(100, 0, 600_000, 0, 0, 20_000, 1.5, 0, 0, 0.2, 1.7);
    assertThat(model(Map.of("gpt-4o", HUNDRED), Map.of("gpt-4o", uncached), 0.7)).isNull();
  }

  @Test
  void moveToADearerModel_isNoPriceChange() {
    assertThat(model(Map.of("gpt-4o-mini", MINI), Map.of("gpt-4o", DEARER), 0.3)).isNull();
  }

  /** What is usual is a mean of days, in which a few requests may have been of a dearer tier. */
  @Test
  void priceThatDiffersByAFewPercent_isNone() {
    ModelUsage tiered =
        new ModelUsage(100, 0, 300_000, 200_000, 0, 20_000, 0.27, 0.26, 0, 0.21, 0.74);
    assertThat(model(Map.of("gpt-4o", HUNDRED), Map.of("gpt-4o", tiered), 0.7)).isNull();
  }

  private static String model(
      Map<String, ModelUsage> usual, Map<String, ModelUsage> actual, double expected) {
    double observed = SpendModel.total(actual).cost();
    return PriceChange.explaining(
        new SpendChange(usual, actual, Dollars.money(expected), Dollars.money(observed), 1));
  }
}

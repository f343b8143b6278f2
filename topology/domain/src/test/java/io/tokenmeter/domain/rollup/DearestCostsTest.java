package io.tokenmeter.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.money.Money;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DearestCostsTest {
  @Test
  void costThatIsTakenAway_leavesItsPlaceToTheNext() {
    DearestCosts costs = costs("3", "1", "2");
    assertThat(costs.highest()).isEqualTo(Money.parse("3"));
    costs.take(Money.parse("3"));
    assertThat(costs.highest()).isEqualTo(Money.parse("2"));
    assertThat(costs("").highest()).isEqualTo(Money.ZERO);
  }

  @Test
  void costTakenAwayBeforeItIsAdded_isNotThere() {
    DearestCosts costs = costs("1");
    costs.take(Money.parse("3"));
    costs.add(Money.parse("3"));
    assertThat(costs.known()).containsExactly(Money.parse("1"));
    assertThat(costs.takenAway()).isEmpty();
  }

  @Test
  void upToEightCosts_replacedInDifferencesOfAnySize_haveTheirHighest() {
    long seed = 99;
    Random random = new Random(seed);
    DearestCosts total = new DearestCosts();
    List<Money> truth = new ArrayList<>();
    for (int round = 0; round < 500; round++) {
      DearestCosts difference = new DearestCosts();
      for (int i = random.nextInt(4); i > 0; i--) {
        Collections.shuffle(truth, random);
        if (truth.size() == 8 || (!truth.isEmpty() && random.nextBoolean())) {
          difference.take(truth.remove(0));
        }
        Money added = Money.ofPicos(random.nextInt(30));
        truth.add(added);
        difference.add(added);
      }
      total.add(difference);
      total.settle();
      assertThat(total.highest())
          .as("seed %d, round %d", seed, round)
          .isEqualTo(truth.stream().max(Money::compareTo).orElse(Money.ZERO));
    }
  }

  @Test
  void moreCosts_areNeverMoreThanTheTruth() {
    DearestCosts costs = new DearestCosts();
    for (int i = 1; i <= 20; i++) {
      costs.add(Money.ofPicos(i));
    }
    assertThat(costs.known()).hasSize(8);
    for (int i = 13; i <= 20; i++) {
      costs.take(Money.ofPicos(i));
    }
    assertThat(costs.highest()).isEqualTo(Money.ZERO);
  }

  private static DearestCosts costs(String... usd) {
    DearestCosts costs = new DearestCosts();
    for (String cost : usd) {
      if (!cost.isEmpty()) {
        costs.add(Money.parse(cost));
      }
    }
    return costs;
  }
}

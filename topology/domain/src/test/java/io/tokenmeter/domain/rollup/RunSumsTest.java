package io.tokenmeter.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.run.CountedRun;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RunSumsTest {
  private static final Percentage ONE_PERCENT = Percentage.withPercentage(1.001);

  @Test
  void runThatClosesAgain_takesAwayWhatItHadAdded() {
    CountedRun first = run("0.5", 3, false);
    CountedRun again = run("0.75", 4, true);
    RunSums corrected = new RunSums();
    first.addTo(corrected);
    run("0.25", 1, true).addTo(corrected);
    RunSums difference = new RunSums();
    first.takeFrom(difference);
    again.addTo(difference);
    corrected.add(difference);

    RunSums expected = new RunSums();
    again.addTo(expected);
    run("0.25", 1, true).addTo(expected);
    assertThat(corrected).usingRecursiveComparison().ignoringFields("costs").isEqualTo(expected);
    assertThat(corrected.costs().encode()).isEqualTo(expected.costs().encode());
    assertThat(corrected.runs).isEqualTo(2);
    assertThat(corrected.successes).isEqualTo(2);
    assertThat(corrected.dearest().highest()).isEqualTo(Money.parse("0.75"));
  }

  @Test
  void quantilesOfCosts_areWithinOnePercent_fromAPicoDollarOn() {
    RunSums sums = new RunSums();
    for (int i = 1; i <= 1000; i++) {
      sums.addCostOfRun(Money.parse("0.0475").times(i), 1);
    }
    assertThat(sums.costs().quantile(0.5)).isCloseTo(0.0475 * 500, ONE_PERCENT);
    assertThat(sums.costs().quantile(0.99)).isCloseTo(0.0475 * 990, ONE_PERCENT);

    RunSums small = new RunSums();
    small.addCostOfRun(Money.ofPicos(1), 1);
    assertThat(small.costs().quantile(0.5)).isCloseTo(1e-12, ONE_PERCENT);
    small.addCostOfRun(Money.ZERO, 1);
    assertThat(small.costs().quantile(1)).isCloseTo(1e-12, ONE_PERCENT);
  }

  private static CountedRun run(String usd, long steps, boolean successful) {
    return new CountedRun("w", 7, successful, steps, steps - 1, Money.parse(usd), Money.ZERO);
  }
}

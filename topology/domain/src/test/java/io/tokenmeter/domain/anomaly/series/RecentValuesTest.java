package io.tokenmeter.domain.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentValuesTest {

  @Test
  void quantiles_areInterpolatedBetweenValues() {
    RecentValues recent = new RecentValues();
    for (double value : new double[] {40, 10, 30, 20, 50}) {
      recent.add(value);
    }

    assertThat(recent.quantile(0)).isEqualTo(10);
    assertThat(recent.quantile(0.5)).isEqualTo(30);
    assertThat(recent.quantile(0.625)).isEqualTo(35);
    assertThat(recent.quantile(1)).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void quantiles_areThoseOfTheNewestThousandOfTheFirstThousandAndEveryFourth(long seed) {
    Random random = new Random(seed);
    int rows = 1 + random.nextInt(9000);
    RecentValues recent = new RecentValues();
    double[] kept = new double[rows];
    int count = 0;
    for (int row = 1; row <= rows; row++) {
      double value = random.nextInt(50); // many are equal
      recent.add(value);
      if (row <= 1000 || row % 4 == 0) {
        kept[count++] = value;
      }
    }
    double[] expected = Arrays.copyOfRange(kept, Math.max(0, count - 1000), count);
    Arrays.sort(expected);

    assertThat(recent.size()).isEqualTo(expected.length);
    assertThat(recent.quantile(0.5))
        .as("seed " + seed)
        .isCloseTo(
            (expected[(expected.length - 1) / 2] + expected[expected.length / 2]) / 2,
            within(1e-9));
    assertThat(recent.quantile(1)).isEqualTo(expected[expected.length - 1]);
  }
}

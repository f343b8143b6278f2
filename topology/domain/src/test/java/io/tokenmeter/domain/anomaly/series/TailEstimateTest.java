package io.tokenmeter.domain.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailEstimateTest {

  @Test
  void firstValue_isNoSurprise() {
    assertThat(new TailEstimate().surprise(1e6)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void surprise_isTheLogarithmOfTheShareOfLargerValues(long seed) {
    Random random = new Random(seed);
    double[] values = random.doubles(2000).map(u -> 1 + 9 * u).toArray();
    TailEstimate tail = learned(values);
    Arrays.sort(values);

    for (double share : new double[] {0.5, 0.2, 0.1}) {
      double value = values[(int) (values.length * (1 - share))];
      assertThat(tail.surprise(value)).isCloseTo(-Math.log10(share), within(0.06));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void surpriseBeyondAllHistory_followsThePowerLawOfTheTail(long seed) {
    Random random = new Random(seed);
    // Pareto with exponent 3: a value x is exceeded with probability x^-3.
    TailEstimate tail = learned(random.doubles(5000).map(u -> Math.pow(1 - u, -1.0 / 3)).toArray());

    assertThat(tail.surprise(10)).isCloseTo(3, within(0.4));
    assertThat(tail.surprise(100)).isCloseTo(6, within(1.0));
  }

  @Test
  void largerValue_isNeverLessSurprising() {
    Random random = new Random(4);
    double[] history = random.doubles(500).toArray();
    double before = 0;
    for (double value = 0.001; value < 1000; value *= 1.3) {
      double surprise = learned(history).surprise(value);
      assertThat(surprise).isGreaterThanOrEqualTo(before);
      before = surprise;
    }
  }

  @Test
  void surprise_fadesWhenTheSurprisingBecomesUsual() {
    TailEstimate tail = learned(new Random(5).doubles(1000).toArray());
    double first = tail.surprise(50);
    for (int i = 0; i < 200; i++) {
      tail.surprise(50);
    }

    assertThat(first).isGreaterThan(3);
    assertThat(tail.surprise(50)).isLessThan(1.1); // one in six, and half a bin less sure
  }

  @Test
  void exceededBy_isTheQuantileFromAbove() {
    TailEstimate tail = learned(new Random(6).doubles(5000).map(u -> 1 + 9 * u).toArray());

    assertThat(tail.exceededBy(0.1)).isCloseTo(9.1, within(1.1)); // bins are a sixth octave wide
    assertThat(new TailEstimate().exceededBy(0.1)).isZero();
  }

  private static TailEstimate learned(double[] values) {
    TailEstimate tail = new TailEstimate();
    for (double value : values) {
      tail.surprise(value);
    }
    return tail;
  }
}

package io.tokenmeter.domain.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwoStandardDeviationsTest {

  private static final long HOUR = 3_600_000;

  @Test
  void value_isScoredByStandardDeviationsFromTheMean() {
    TwoStandardDeviations rule = new TwoStandardDeviations();
    double[] values = {2, 4, 4, 4, 5, 5, 7, 9}; // mean 5, sample standard deviation 2.1381
    for (int i = 0; i < values.length; i++) {
      rule.next(i * HOUR, values[i]);
    }

    SeriesScore score = rule.next(8 * HOUR, 5 + 2 * 2.138089935);

    assertThat(score.usual()).isEqualTo(5);
    assertThat(score.score()).isCloseTo(0.5, within(1e-9));
    assertThat(score.upper()).isCloseTo(9.27618, within(1e-5));
    assertThat(score.lower()).isCloseTo(0.72382, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void scores_areThoseOfThePlainFormulaOverSevenDays(long seed) {
    Random random = new Random(seed);
    TwoStandardDeviations rule = new TwoStandardDeviations();
    List<Long> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    long millis = 0;
    for (int i = 0; i < 1500; i++) {
      millis += HOUR / 2 + random.nextInt((int) HOUR);
      double value = 1e6 + 100 * random.nextGaussian();
      SeriesScore score = rule.next(millis, value);
      if (i % 50 == 49) {
        assertThat(score.score())
            .as("seed " + seed)
            .isCloseTo(plain(times, values, millis, value), within(1e-6));
      }
      times.add(millis);
      values.add(value);
    }
  }

  @Test
  void flatSeriesAndMissingValues_scoreZero() {
    TwoStandardDeviations rule = new TwoStandardDeviations();
    for (int i = 0; i < 100; i++) {
      assertThat(rule.next(i * HOUR, i % 10 == 0 ? Double.NaN : 3).score()).isZero();
    }
  }

  private static double plain(List<Long> times, List<Double> values, long millis, double value) {
    List<Double> window = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      if (times.get(i) >= millis - 7 * 24 * HOUR) {
        window.add(values.get(i));
      }
    }
    double mean = window.stream().mapToDouble(v -> v).average().orElseThrow();
    double squares = window.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double z = Math.abs(value - mean) / Math.sqrt(squares / (window.size() - 1));
    return z / (z + 2);
  }
}

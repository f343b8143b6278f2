package io.tokenmeter.domain.savings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputLengthsTest {

  @Test
  void percentile_ofAnyLengths_isTheSortedOnesOrLittleAbove() {
    for (long seed = 1; seed <= 100; seed++) {
      Random random = new Random(seed);
      long longest = 1L << (1 + random.nextInt(20));
      long[] lengths = random.longs(1 + random.nextInt(500), 0, longest).toArray();
      OutputLengths histogram = new OutputLengths();
      Arrays.stream(lengths).forEach(histogram::add);

      Arrays.sort(lengths);
      long exact = lengths[(int) Math.ceil(0.99 * lengths.length) - 1];
      long cap = histogram.percentile(0.99);

      assertThat(cap)
          .as("seed " + seed)
          .isBetween(exact, exact < 1024 ? exact : exact + exact / 256);
      assertThat(histogram.beyond(cap))
          .as("seed " + seed)
          .isEqualTo(Arrays.stream(lengths).map(length -> Math.max(0, length - cap)).sum());
      assertThat(histogram.sum()).isEqualTo(Arrays.stream(lengths).sum());
    }
  }

  @Test
  void percentile_withoutRequests_isZero() {
    assertThat(new OutputLengths().percentile(0.99)).isZero();
  }
}

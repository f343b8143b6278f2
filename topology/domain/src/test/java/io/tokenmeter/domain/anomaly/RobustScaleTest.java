package io.tokenmeter.domain.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RobustScaleTest {
  @Test
  void median_ofEvenAndOddCounts() {
    assertThat(RobustScale.median(3)).isEqualTo(3);
    assertThat(RobustScale.median(5, 1, 2)).isEqualTo(2);
    assertThat(RobustScale.median(4, 1, 2, 100)).isEqualTo(3);
  }

  @Test
  void sigma_isNotMovedByOneWildValue() {
    double[] values = {9, 10, 11, 12, 1000};
    assertThat(RobustScale.sigma(values, 11, 0)).isCloseTo(1.4826, within(1e-9));
  }

  @Test
  void sigma_ofAFlatSeriesIsTheFloor() {
    assertThat(RobustScale.sigma(new double[] {7, 7, 7}, 7, 0.25)).isEqualTo(0.25);
  }
}

package io.tokenmeter.domain.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HourRatesTest {
  @Test
  void steadyHours_areExpectedEvenly() {
    HourRates steady = new HourRates(6, 6, 6);
    assertThat(steady.whole()).isCloseTo(6, within(1e-9));
    assertThat(steady.between(10, 20)).isCloseTo(1, within(1e-9));
  }

  @Test
  void risingHours_areExpectedToRiseWithinTheHour() {
    // From 2 an hour in the middle of the hour before to 6 in the middle of the next.
    HourRates rising = new HourRates(2, 4, 6);
    assertThat(rising.whole()).isCloseTo(4, within(1e-9));
    assertThat(rising.between(0, 1) * 60).isCloseTo(3, within(0.05));
    assertThat(rising.between(59, 60) * 60).isCloseTo(5, within(0.05));
  }
}

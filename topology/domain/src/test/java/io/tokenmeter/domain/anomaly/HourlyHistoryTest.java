package io.tokenmeter.domain.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HourlyHistoryTest {
  private static final long HOUR = 493_000;

  @Test
  void hours_areKeptToTwoThousandths() {
    HourlyHistory history = HourlyHistory.from(HOUR * 60);
    double[] dollars = {0, 1e-9, 0.0375, 12.34, 98_765.4};
    for (double each : dollars) {
      history.close(each);
    }
    for (int i = 0; i < dollars.length; i++) {
      assertThat(history.at(HOUR + i)).isCloseTo(dollars[i], within(dollars[i] * 0.002));
    }
    assertThat(history.known()).isEqualTo(dollars.length);
  }

  @Test
  void firstHourOfWhichHalfWasSeen_countsDouble() {
    HourlyHistory history = HourlyHistory.from(HOUR * 60 + 30);
    history.close(2);
    assertThat(history.at(HOUR)).isCloseTo(4, within(0.01));
  }

  @Test
  void firstHourOfWhichLittleWasSeen_doesNotCount() {
    HourlyHistory history = HourlyHistory.from(HOUR * 60 + 50);
    history.close(2);
    assertThat(history.known()).isZero();
    history.close(3);
    assertThat(history.known()).isEqualTo(1);
  }

  @Test
  void between_takesPartsOfHours() {
    HourlyHistory history = HourlyHistory.from(HOUR * 60);
    history.close(4);
    history.close(8);
    assertThat(history.between(HOUR + 0.5, HOUR + 1.25)).isCloseTo(2 + 2, within(0.02));
  }

  @Test
  void lateDollars_goToTheirHourAndAncientOnesNowhere() {
    HourlyHistory history = HourlyHistory.from(HOUR * 60);
    history.close(4);
    history.close(8);
    history.add(HOUR, 1);
    history.add(HOUR - 1000, 5);
    history.add(HOUR + 2, 7);
    assertThat(history.at(HOUR)).isCloseTo(5, within(0.01));
    assertThat(history.at(HOUR + 1)).isCloseTo(8, within(0.02));
    assertThat(history.running()).isEqualTo(7);
  }
}

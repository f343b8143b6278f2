package io.tokenmeter.domain.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeasonsTest {

  private static final long HOUR = 3_600_000;
  private static final long MONDAY = 1_767_571_200_000L; // 2026-01-05T00:00:00Z

  @Test
  void usual_isTheWeeksSlotOnceSeenElseTheDays() {
    Seasons seasons = new Seasons();
    for (int hour = 0; hour < 8 * 24; hour++) {
      seasons.at(MONDAY + hour * HOUR);
      seasons.add(hour % 24 + 100 * (hour / 24)); // 0 to 23 on Monday, 100 more each day
    }

    seasons.at(MONDAY + 8 * 24 * HOUR + 5 * HOUR); // Tuesday 05:00, seen once with 105
    assertThat(seasons.knowWeek()).isTrue();
    assertThat(seasons.usual()).isEqualTo(105);
  }

  @Test
  void timeThatStepsBackAnHour_findsTheSlotOfThatHour() {
    Seasons seasons = new Seasons();
    for (int hour = 0; hour < 14 * 24; hour++) {
      seasons.at(MONDAY + hour * HOUR);
      seasons.add(hour % 24);
    }

    seasons.at(MONDAY + 14 * 24 * HOUR + 3 * HOUR);
    assertThat(seasons.usual()).isEqualTo(3);
    seasons.at(MONDAY + 14 * 24 * HOUR + 2 * HOUR);
    assertThat(seasons.usual()).isEqualTo(2);
  }

  @Test
  void step_isTheMedianOfTheFirstTwentyStepsForward() {
    Seasons seasons = new Seasons();
    long millis = MONDAY;
    for (int row = 0; row < 24; row++) {
      assertThat(seasons.stepMillis()).isZero();
      seasons.at(millis);
      millis += row == 0 ? 50 * HOUR : row == 3 || row == 5 || row == 9 ? -HOUR : HOUR;
    }

    assertThat(seasons.stepMillis()).isEqualTo(HOUR);
  }
}

package io.tokenmeter.domain.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowClockTest {

  @Test
  void start_isInclusiveAndEndExclusive() {
    WindowClock clock = clock("Z", "09:00", "17:00");
    assertThat(contains(clock, "2026-03-02T08:59:59.999999Z")).isFalse();
    assertThat(contains(clock, "2026-03-02T09:00:00Z")).isTrue();
    assertThat(contains(clock, "2026-03-02T16:59:59.999999Z")).isTrue();
    assertThat(contains(clock, "2026-03-02T17:00:00Z")).isFalse();
  }

  @Test
  void hours_areCountedInTheVendorsZone() {
    WindowClock clock = clock("Asia/Shanghai", "00:30", "08:30");
    assertThat(contains(clock, "2026-03-02T16:29:59Z")).isFalse();
    assertThat(contains(clock, "2026-03-02T16:30:00Z")).isTrue();
    assertThat(contains(clock, "2026-03-03T00:30:00Z")).isFalse();
    assertThat(contains(clock("+08:00", "00:30", "08:30"), "2026-03-02T16:30:00Z")).isTrue();
  }

  @Test
  void hours_followTheClocksOfTheZoneThroughTheYear() {
    WindowClock clock = clock("Europe/Berlin", "22:00", "23:00");
    assertThat(contains(clock, "2026-01-15T21:30:00Z")).isTrue(); // UTC+1
    assertThat(contains(clock, "2026-07-15T20:30:00Z")).isTrue(); // UTC+2
    assertThat(contains(clock, "2026-07-15T21:30:00Z")).isFalse();
  }

  @Test
  void windowAcrossMidnight_belongsToTheDayOnWhichItStarts() {
    WindowClock clock = clock("Z", "22:00", "06:00", DayOfWeek.FRIDAY);
    assertThat(contains(clock, "2026-03-06T21:59:00Z")).isFalse();
    assertThat(contains(clock, "2026-03-06T23:00:00Z")).isTrue();
    assertThat(contains(clock, "2026-03-07T05:59:00Z")).isTrue(); // Saturday morning
    assertThat(contains(clock, "2026-03-07T23:00:00Z")).isFalse();
    assertThat(contains(clock, "2026-03-06T05:00:00Z")).isFalse(); // Friday morning
  }

  @Test
  void equalStartAndEnd_lastTwentyFourHours() {
    WindowClock weekend = clock("Z", "00:00", "00:00", DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    assertThat(contains(weekend, "2026-03-06T23:59:59Z")).isFalse();
    assertThat(contains(weekend, "2026-03-07T00:00:00Z")).isTrue();
    assertThat(contains(weekend, "2026-03-08T23:59:59Z")).isTrue();
    assertThat(contains(weekend, "2026-03-09T00:00:00Z")).isFalse();
    WindowClock fromNoon = clock("Z", "12:00", "12:00", DayOfWeek.SATURDAY);
    assertThat(contains(fromNoon, "2026-03-07T11:00:00Z")).isFalse();
    assertThat(contains(fromNoon, "2026-03-08T11:00:00Z")).isTrue();
  }

  @Test
  void timesBefore1970_areOnTheRightDay() {
    WindowClock clock = clock("Z", "09:00", "17:00", DayOfWeek.WEDNESDAY);
    assertThat(contains(clock, "1969-12-31T10:00:00Z")).isTrue();
  }

  private static WindowClock clock(String zone, String start, String end, DayOfWeek... days) {
    return new WindowClock(
        new TimeWindow(
            "w", zone, Set.of(days), LocalTime.parse(start), LocalTime.parse(end), List.of()));
  }

  private static boolean contains(WindowClock clock, String instant) {
    Instant at = Instant.parse(instant);
    return clock.contains(at.getEpochSecond() * 1_000_000 + at.getNano() / 1000);
  }
}

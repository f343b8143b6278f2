package io.tokenmeter.domain.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowCalendarTest {
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/New_York",
          "America/St_Johns", // -3:30, with daylight saving
          "America/Havana", // the clock goes back from 1:00 to 0:00: midnight comes twice
          "America/Santiago", // the clock goes forward at midnight: some days begin at 1:00
          "Asia/Kolkata", // +5:30
          "Asia/Kathmandu", // +5:45
          "Australia/Lord_Howe", // daylight saving of half an hour
          "Pacific/Chatham", // +12:45, with daylight saving
          "Pacific/Apia",
          "Africa/Casablanca");

  private static final long FIRST_MINUTE = minute("2015-01-01T00:00:00Z");
  private static final long LAST_MINUTE = minute("2035-01-01T00:00:00Z");

  // Examples that can be checked by hand.

  @Test
  void windowsInUtc_beginAtTheFullMinuteHourDayAndMonth() {
    assertWindow("UTC", Window.MINUTE, "2026-03-15T10:17:00Z", "2026-03-15T10:18:00Z");
    assertWindow("UTC", Window.HOUR, "2026-03-15T10:00:00Z", "2026-03-15T11:00:00Z");
    assertWindow("UTC", Window.DAY, "2026-03-15T00:00:00Z", "2026-03-16T00:00:00Z");
    assertWindow("UTC", Window.MONTH, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
  }

  @Test
  void windowsInKolkata_beginAtHalfPastInUtc() {
    assertWindow("Asia/Kolkata", Window.HOUR, "2026-03-15T09:30:00Z", "2026-03-15T10:30:00Z");
    assertWindow("Asia/Kolkata", Window.DAY, "2026-03-14T18:30:00Z", "2026-03-15T18:30:00Z");
    assertWindow("Asia/Kolkata", Window.MONTH, "2026-02-28T18:30:00Z", "2026-03-31T18:30:00Z");
  }

  @Test
  void dayInBerlinWhenTheClockGoesForward_has23Hours() {
    WindowCalendar calendar = calendar("Europe/Berlin");
    long noon = minute("2026-03-29T10:00:00Z");
    long start = calendar.start(Window.DAY, noon);
    assertThat(calendar.end(Window.DAY, start) - start).isEqualTo(23 * 60);
    assertThat(hoursOf(calendar, start)).isEqualTo(23);
  }

  @Test
  void dayInBerlinWhenTheClockGoesBack_has25Hours() {
    WindowCalendar calendar = calendar("Europe/Berlin");
    long noon = minute("2026-10-25T11:00:00Z");
    long start = calendar.start(Window.DAY, noon);
    assertThat(calendar.end(Window.DAY, start) - start).isEqualTo(25 * 60);
    assertThat(hoursOf(calendar, start)).isEqualTo(25);
  }

  /** On Lord Howe Island the clock shows the half hour from 1:30 to 2:00 twice. */
  @Test
  void halfHourOnLordHoweThatComesTwice_isAWindowOfItsOwnTheSecondTime() {
    WindowCalendar calendar = calendar("Australia/Lord_Howe");
    long one = minute("2026-04-04T14:00:00Z");
    assertThat(calendar.start(Window.HOUR, one + 59)).isEqualTo(one);
    assertThat(calendar.end(Window.HOUR, one)).isEqualTo(one + 60);
    assertThat(calendar.start(Window.HOUR, one + 89)).isEqualTo(one + 60);
    assertThat(calendar.end(Window.HOUR, one + 60)).isEqualTo(one + 90);
  }

  /** On the Chatham Islands the clock goes back from 3:45 to 2:45. */
  @Test
  void hoursOnChathamWhenTheClockGoesBackWithinThem_areCutThere() {
    WindowCalendar calendar = calendar("Pacific/Chatham");
    long three = minute("2026-04-04T13:15:00Z");
    assertThat(calendar.start(Window.HOUR, three + 44)).isEqualTo(three);
    assertThat(calendar.end(Window.HOUR, three)).isEqualTo(three + 45);
    assertThat(calendar.start(Window.HOUR, three + 59)).isEqualTo(three + 45);
    assertThat(calendar.end(Window.HOUR, three + 45)).isEqualTo(three + 60);
  }

  @Test
  void hourOnLordHoweWhenTheClockGoesForwardByHalfAnHour_has30Minutes() {
    WindowCalendar calendar = calendar("Australia/Lord_Howe");
    long start = minute("2026-10-03T15:30:00Z");
    assertThat(calendar.start(Window.HOUR, start + 29)).isEqualTo(start);
    assertThat(calendar.end(Window.HOUR, start)).isEqualTo(start + 30);
  }

  @Test
  void micros_beforeTheEpochAreInTheMinuteThatBeganBefore() {
    assertThat(WindowCalendar.minuteOf(-1)).isEqualTo(-1);
    assertThat(WindowCalendar.minuteOf(59_999_999)).isZero();
    assertThat(WindowCalendar.micros(WindowCalendar.minuteOf(61_000_000))).isEqualTo(60_000_000);
  }

  // The rest against java.time.

  @Test
  void anyMinuteInAnyZone_liesInTheWindowOfItsLocalTime() {
    long seed = 99;
    Random random = new Random(seed);
    for (String zone : ZONES) {
      WindowCalendar calendar = calendar(zone);
      for (int i = 0; i < 1_000; i++) {
        long minute = random.nextLong(FIRST_MINUTE, LAST_MINUTE);
        for (Window window : Window.values()) {
          long start = calendar.start(window, minute);
          long end = calendar.end(window, start);
          assertThat(minute).as("seed %d, %s %s", seed, zone, window).isBetween(start, end - 1);
          assertThat(truncated(local(minute, zone), window))
              .as("seed %d, %s %s, minute %d", seed, zone, window, minute)
              .isEqualTo(truncated(local(start, zone), window))
              .isEqualTo(truncated(local(end - 1, zone), window))
              .isNotEqualTo(truncated(local(end, zone), window));
        }
      }
    }
  }

  @Test
  void windowsOfOneLength_followOneAnotherWithoutGapOrOverlap() {
    for (String zone : ZONES) {
      WindowCalendar calendar = calendar(zone);
      for (Window window : List.of(Window.HOUR, Window.DAY, Window.MONTH)) {
        long last = window == Window.HOUR ? FIRST_MINUTE + 366 * 24 * 60 : LAST_MINUTE;
        long start = calendar.start(window, FIRST_MINUTE);
        while (start < last) {
          long end = calendar.end(window, start);
          assertThat(end).as("%s %s", zone, window).isGreaterThan(start);
          assertThat(calendar.start(window, end - 1)).as("%s %s", zone, window).isEqualTo(start);
          assertThat(calendar.start(window, end)).as("%s %s", zone, window).isEqualTo(end);
          start = end;
        }
      }
    }
  }

  /** What is added to a finer window is added to the coarser one that holds it whole. */
  @Test
  void finerWindows_lieWholeInOneCoarserWindow() {
    long seed = 7;
    Random random = new Random(seed);
    for (String zone : ZONES) {
      WindowCalendar calendar = calendar(zone);
      for (int i = 0; i < 2_000; i++) {
        long minute = random.nextLong(FIRST_MINUTE, LAST_MINUTE);
        for (int finer = 0; finer + 1 < Window.values().length; finer++) {
          Window fine = Window.ofOrdinal(finer);
          Window coarse = Window.ofOrdinal(finer + 1);
          long start = calendar.start(fine, minute);
          assertThat(calendar.start(coarse, start))
              .as("seed %d, %s: %s in %s", seed, zone, fine, coarse)
              .isEqualTo(calendar.start(coarse, calendar.end(fine, start) - 1));
        }
      }
    }
  }

  private static void assertWindow(String zone, Window window, String start, String end) {
    WindowCalendar calendar = calendar(zone);
    long inside = minute("2026-03-15T10:17:35Z");
    assertThat(instant(calendar.start(window, inside))).isEqualTo(start);
    assertThat(instant(calendar.end(window, minute(start)))).isEqualTo(end);
  }

  private static int hoursOf(WindowCalendar calendar, long dayStart) {
    int hours = 0;
    for (long hour = dayStart;
        hour < calendar.end(Window.DAY, dayStart);
        hour = calendar.end(Window.HOUR, hour)) {
      hours++;
    }
    return hours;
  }

  /** A repeated hour differs from the first by its offset. */
  private static Object truncated(LocalMinute time, Window window) {
    return switch (window) {
      case MINUTE -> time;
      case HOUR -> new LocalMinute(time.local.truncatedTo(ChronoUnit.HOURS), time.offset);
      case DAY -> time.local.toLocalDate();
      case MONTH -> time.local.toLocalDate().withDayOfMonth(1);
    };
  }

  private record LocalMinute(LocalDateTime local, ZoneOffset offset) {}

  private static LocalMinute local(long minute, String zone) {
    Instant instant = Instant.ofEpochSecond(minute * 60);
    ZoneOffset offset = ZoneId.of(zone).getRules().getOffset(instant);
    return new LocalMinute(LocalDateTime.ofEpochSecond(minute * 60, 0, offset), offset);
  }

  private static WindowCalendar calendar(String zone) {
    return new WindowCalendar(ZoneId.of(zone));
  }

  private static long minute(String instant) {
    return Instant.parse(instant).getEpochSecond() / 60;
  }

  private static String instant(long minute) {
    return Instant.ofEpochSecond(minute * 60).toString();
  }
}

package io.tokenmeter.domain.rollup;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRules;

/**
 * Where windows begin and end in one time zone.
 *
 * <p>Times are minutes since 1970-01-01T00:00Z: every zone's offset has been a whole number of
 * minutes for a century. Hours follow the zone too, so that a day is made of whole hours also where
 * the offset is not a whole hour, and so that days of 23 or 25 hours come out right.
 */
public final class WindowCalendar {
  private static final long MICROS_PER_MINUTE = 60_000_000L;

  private final ZoneId zone;
  private final ZoneRules rules;

  /** The calendar of a zone. */
  public WindowCalendar(ZoneId zone) {
    this.zone = zone;
    rules = zone.getRules();
  }

  /** The zone in which hours, days and months begin. */
  public ZoneId zone() {
    return zone;
  }

  /** The minute that holds an instant given in microseconds since the epoch. */
  public static long minuteOf(long micros) {
    return Math.floorDiv(micros, MICROS_PER_MINUTE);
  }

  /** Microseconds since the epoch at the start of a minute. */
  public static long micros(long minute) {
    return Math.multiplyExact(minute, MICROS_PER_MINUTE);
  }

  /** Start of the window that holds a minute, in minutes since the epoch. */
  public long start(Window window, long minute) {
    return switch (window) {
      case MINUTE -> minute;
      case HOUR -> hourStart(minute);
      case DAY -> startOfDay(at(minute).toLocalDate());
      case MONTH -> startOfDay(at(minute).toLocalDate().withDayOfMonth(1));
    };
  }

  /** End, exclusive, of the window that starts at a minute, in minutes since the epoch. */
  public long end(Window window, long start) {
    return switch (window) {
      case MINUTE -> start + 1;
      case HOUR -> hourEnd(start);
      case DAY -> startOfDay(at(start).toLocalDate().plusDays(1));
      case MONTH -> startOfDay(at(start).toLocalDate().withDayOfMonth(1).plusMonths(1));
    };
  }

  /**
   * An hour begins at the full hour, or where the clock is put forward or back within it: half an
   * hour at Lord Howe Island, and an hour at 2:45 on the Chatham Islands.
   */
  private long hourStart(long minute) {
    long start = minute - minuteOfHour(minute);
    return offset(start) == offset(minute) ? start : nextShift(start);
  }

  private long hourEnd(long start) {
    long end = start + 60 - minuteOfHour(start);
    return offset(end - 1) == offset(start) ? end : nextShift(start);
  }

  private int minuteOfHour(long minute) {
    return Math.floorMod(minute + offset(minute), 60);
  }

  /** Minutes that the zone is ahead of UTC. */
  private int offset(long minute) {
    return Math.floorDiv(rules.getOffset(instant(minute)).getTotalSeconds(), 60);
  }

  /** The minute at which the clock is put forward or back for the first time after this one. */
  private long nextShift(long minute) {
    return Math.floorDiv(rules.nextTransition(instant(minute)).toEpochSecond(), 60);
  }

  private ZonedDateTime at(long minute) {
    return instant(minute).atZone(zone);
  }

  private static Instant instant(long minute) {
    return Instant.ofEpochSecond(minute * 60);
  }

  private long startOfDay(LocalDate date) {
    return minutes(date.atStartOfDay(zone));
  }

  private static long minutes(ZonedDateTime time) {
    return Math.floorDiv(time.toEpochSecond(), 60);
  }
}

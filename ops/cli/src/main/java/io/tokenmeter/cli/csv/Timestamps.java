package io.tokenmeter.cli.csv;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Points in time as files spell them: a date with or without a time of day and a zone, or a count
 * of seconds, milliseconds, microseconds or nanoseconds since the epoch. Without a zone it is UTC.
 */
public final class Timestamps {

  /** The spellings, for error messages. */
  public static final String EXAMPLES =
      "2026-11-20 09:15:00, 2026-11-20T09:15:00+01:00, 2026-11-20, or seconds or milliseconds since"
          + " 1970";

  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})"
              + "(?:[T ]\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)?"
              + "\\s*(Z|z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?");
  private static final Pattern EPOCH = Pattern.compile("(-?\\d{1,19})(?:\\.\\d*)?");

  /** Counts up to here are seconds (year 5138), then milliseconds, microseconds, nanoseconds. */
  private static final long LARGEST_SECONDS = 100_000_000_000L;

  private Timestamps() {}

  /** Milliseconds since the epoch, or nothing where the text is no point in time. */
  public static OptionalLong millis(String text) {
    Matcher dateTime = DATE_TIME.matcher(text);
    if (dateTime.matches()) {
      return ofDateTime(dateTime);
    }
    Matcher epoch = EPOCH.matcher(text);
    return epoch.matches() ? ofEpoch(epoch.group(1)) : OptionalLong.empty();
  }

  private static OptionalLong ofDateTime(Matcher parts) {
    try {
      LocalDate date =
          LocalDate.of(number(parts.group(1)), number(parts.group(2)), number(parts.group(3)));
      String fraction = (parts.group(7) == null ? "" : parts.group(7)) + "000000000";
      LocalTime time =
          LocalTime.of(
              number(parts.group(4)),
              number(parts.group(5)),
              number(parts.group(6)),
              number(fraction.substring(0, 9)));
      String zone = parts.group(8);
      ZoneOffset offset =
          zone == null || Character.isLetter(zone.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(zone);
      return OptionalLong.of(LocalDateTime.of(date, time).toInstant(offset).toEpochMilli());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong ofEpoch(String digits) {
    long count;
    try {
      count = Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
    if (isBelow(LARGEST_SECONDS, count)) {
      return OptionalLong.of(count * 1000);
    }
    if (isBelow(LARGEST_SECONDS * 1000, count)) {
      return OptionalLong.of(count);
    }
    return OptionalLong.of(
        Math.floorDiv(count, isBelow(LARGEST_SECONDS * 1_000_000, count) ? 1000 : 1_000_000));
  }

  private static boolean isBelow(long limit, long count) {
    return -limit < count && count < limit;
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}

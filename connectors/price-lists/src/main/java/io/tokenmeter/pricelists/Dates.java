package io.tokenmeter.pricelists;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Moments in price lists: a date means the start of that day in UTC. */
final class Dates {

  private Dates() {}

  /**
   * Reads a date ({@code 2026-03-13}) or a time with an offset ({@code 2026-03-13T09:00:00+08:00}).
   *
   * @throws DateTimeException if it is neither
   */
  static Instant parse(String text) {
    String stripped = text.strip();
    return stripped.length() == 10
        ? LocalDate.parse(stripped).atStartOfDay(ZoneOffset.UTC).toInstant()
        : OffsetDateTime.parse(stripped.replace(' ', 'T')).toInstant();
  }

  /** The shortest text that {@link #parse} reads back. */
  static String text(Instant instant) {
    boolean midnight = instant.atZone(ZoneOffset.UTC).toLocalTime().equals(LocalTime.MIDNIGHT);
    return midnight ? instant.toString().substring(0, 10) : instant.toString();
  }
}

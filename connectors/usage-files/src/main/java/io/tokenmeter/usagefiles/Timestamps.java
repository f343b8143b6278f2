package io.tokenmeter.usagefiles;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Instants as text, cut off (not rounded) to whole microseconds. */
public final class Timestamps {

  // Strict, because the default quietly turns the 30th of February into the 28th.
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter SPACED =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private Timestamps() {}

  /**
   * An ISO-8601 date and time with an offset, such as 2026-01-15T10:00:00.123456+01:00.
   *
   * @throws UnreadableUsageException if it is anything else; a time without an offset is an error,
   *     because guessing a zone would put money into the wrong day
   */
  public static Instant parseIso(String text) throws UnreadableUsageException {
    TemporalAccessor parsed = parse(ISO, text, "2026-01-15T10:00:00Z");
    if (!parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
      throw new UnreadableUsageException("has no offset; add Z or one such as +01:00");
    }
    return toMicros(parsed, ZoneOffset.ofTotalSeconds(parsed.get(ChronoField.OFFSET_SECONDS)));
  }

  /**
   * A date and a time with a space between them, in UTC unless an offset follows.
   *
   * @throws UnreadableUsageException if it is anything else
   */
  static Instant parseSpacedUtc(String text) throws UnreadableUsageException {
    TemporalAccessor parsed = parse(SPACED, text, "2023-11-16 18:15:46.6805900");
    return toMicros(
        parsed,
        parsed.isSupported(ChronoField.OFFSET_SECONDS)
            ? ZoneOffset.ofTotalSeconds(parsed.get(ChronoField.OFFSET_SECONDS))
            : ZoneOffset.UTC);
  }

  private static TemporalAccessor parse(DateTimeFormatter format, String text, String example)
      throws UnreadableUsageException {
    try {
      return format.parse(text);
    } catch (DateTimeException e) {
      throw new UnreadableUsageException(
          "expected a time such as " + example + ", found " + Excerpt.of(text));
    }
  }

  private static Instant toMicros(TemporalAccessor parsed, ZoneOffset offset)
      throws UnreadableUsageException {
    LocalDateTime local = LocalDateTime.from(parsed);
    if (local.getYear() < 1 || local.getYear() > 9999) {
      throw new UnreadableUsageException("year " + local.getYear() + " is out of range");
    }
    return local.toInstant(offset).truncatedTo(ChronoUnit.MICROS);
  }
}

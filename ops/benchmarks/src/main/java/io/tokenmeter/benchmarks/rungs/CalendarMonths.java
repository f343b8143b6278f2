package io.tokenmeter.benchmarks.rungs;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.streams.kstream.Windows;
import org.apache.kafka.streams.kstream.internals.TimeWindow;

/** Windows of one calendar month in UTC, which the DSL does not bring along. */
final class CalendarMonths extends Windows<TimeWindow> {
  private final Duration grace;

  CalendarMonths(Duration grace) {
    this.grace = grace;
  }

  @Override
  public Map<Long, TimeWindow> windowsFor(long timestamp) {
    LocalDate first =
        LocalDate.ofInstant(Instant.ofEpochMilli(timestamp), ZoneOffset.UTC).withDayOfMonth(1);
    long start = millis(first);
    return Map.of(start, new TimeWindow(start, millis(first.plusMonths(1))));
  }

  private static long millis(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  @Override
  public long size() {
    return Duration.ofDays(31).toMillis();
  }

  @Override
  public long gracePeriodMs() {
    return grace.toMillis();
  }
}

package io.tokenmeter.cli.plot;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Labels at round times under an axis of rows. */
final class TimeTicks {

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long[] STEPS = {
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
    91 * DAY,
    182 * DAY,
    365 * DAY
  };
  private static final DateTimeFormatter TIME = format("HH:mm");
  private static final DateTimeFormatter DATE_TIME = format("d MMM HH:mm");
  private static final DateTimeFormatter DATE = format("d MMM");
  private static final DateTimeFormatter YEAR_DATE = format("d MMM yyyy");

  /** A row to be labelled, and what it says. */
  record Tick(double row, String label) {}

  private TimeTicks() {}

  /**
   * The ticks, in order of rows.
   *
   * @param most how many fit
   */
  static List<Tick> of(RowTimes times, int most) {
    long step = step(times.spanMillis(), most);
    double apart = (double) times.rows() / most;
    List<Tick> ticks = new ArrayList<>();
    double previous = Double.NEGATIVE_INFINITY;
    for (int group = 1; group < times.groups(); group++) {
      long at = Math.floorDiv(times.start(group), step) * step;
      double row = (double) group * times.rowsPerGroup();
      if (times.start(group - 1) < at && row - previous >= apart * 0.7) {
        ticks.add(new Tick(row, label(at, step, ticks.isEmpty())));
        previous = row;
      }
    }
    return ticks;
  }

  private static long step(long span, int most) {
    for (long step : STEPS) {
      if (span / step < most) {
        return step;
      }
    }
    return STEPS[STEPS.length - 1] * (1 + span / (STEPS[STEPS.length - 1] * most));
  }

  private static String label(long millis, long step, boolean first) {
    Instant at = Instant.ofEpochMilli(millis);
    if (step >= DAY) {
      return (first || step >= 28 * DAY ? YEAR_DATE : DATE).format(at);
    }
    return (first || millis % DAY == 0 ? DATE_TIME : TIME).format(at);
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }
}

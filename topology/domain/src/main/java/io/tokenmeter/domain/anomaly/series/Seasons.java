package io.tokenmeter.domain.anomaly.series;

import org.jspecify.annotations.Nullable;

/**
 * The usual course of a day and of a week, and what to take for usual while they are not known: the
 * week's slot, else the day's, else a slow mean.
 */
final class Seasons {
  private static final long MINUTE_MILLIS = 60_000;
  private static final long DAY_MILLIS = 86_400_000;
  private static final long WEEK_MILLIS = 7 * DAY_MILLIS;

  /** 1970 began on a Thursday. */
  private static final long FIRST_MONDAY_MILLIS = 4 * DAY_MILLIS;

  private static final int DAY_SLOTS = (int) (DAY_MILLIS / MINUTE_MILLIS);
  private static final double DAY_RATE = 0.2;
  private static final double WEEK_RATE = 0.3;
  private static final double SLOW_HALF_LIFE_ROWS = 300;

  private final StepEstimate step = new StepEstimate();
  private final RunningMean slow = new RunningMean(SLOW_HALF_LIFE_ROWS);
  private @Nullable SeasonalProfile day;
  private @Nullable SeasonalProfile week;
  private int daySlot;
  private int weekSlot;

  /** Moves to the time of a row. */
  void at(long millis) {
    step.add(millis);
    if (day == null && step.millis() > 0) {
      day = new SeasonalProfile(DAY_MILLIS, 0, step.millis(), DAY_SLOTS, DAY_RATE);
      week =
          new SeasonalProfile(
              WEEK_MILLIS, FIRST_MONDAY_MILLIS, step.millis(), 7 * DAY_SLOTS, WEEK_RATE);
    }
    daySlot = day == null ? 0 : day.slot(millis);
    weekSlot = week == null ? 0 : week.slot(millis);
  }

  /** The time between rows, milliseconds; 0 while it is not known. */
  long stepMillis() {
    return step.millis();
  }

  /** Whether this time of the week was seen before. */
  boolean knowWeek() {
    return week != null && week.seen(weekSlot) > 0;
  }

  /** What is usual now. */
  double usual() {
    if (week != null && week.seen(weekSlot) > 0) {
      return week.value(weekSlot);
    }
    return day != null && day.seen(daySlot) > 1 ? day.value(daySlot) : slow.get();
  }

  /** What is usual at this time of the day, or the given value while that is not known. */
  double timeOfDay(double otherwise) {
    return day != null && day.seen(daySlot) > 0 ? day.value(daySlot) : otherwise;
  }

  /** How much the series usually changes from the step before to now, 0 while not known. */
  double usualChange() {
    if (day == null || day.seen(daySlot) == 0 || day.seen(day.before(daySlot)) == 0) {
      return 0;
    }
    return day.value(daySlot) - day.value(day.before(daySlot));
  }

  /** The slow mean, whatever the time. */
  double slow() {
    return slow.get();
  }

  void add(double value) {
    slow.add(value);
    if (day != null && week != null) {
      day.add(daySlot, value);
      week.add(weekSlot, value);
    }
  }
}

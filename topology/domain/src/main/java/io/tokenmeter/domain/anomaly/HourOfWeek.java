package io.tokenmeter.domain.anomaly;

/** Where an hour lies in the day and week, UTC: 24 hours of a weekday and 24 of a weekend day. */
final class HourOfWeek {
  /** Number of slots. */
  static final int SLOTS = 48;

  private HourOfWeek() {}

  /** The slot of an hour given in hours since the epoch. */
  static int slot(long hour) {
    return (int) Math.floorMod(hour, 24L) + (isWeekend(hour) ? 24 : 0);
  }

  /** Whether an hour is on a Saturday or Sunday. */
  static boolean isWeekend(long hour) {
    // The epoch was a Thursday.
    return Math.floorMod(Math.floorDiv(hour, 24L) + 3, 7L) >= 5;
  }

  /** How many hours of a week have this slot. */
  static int perWeek(int slot) {
    return slot < 24 ? 5 : 2;
  }
}

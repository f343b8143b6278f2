package io.tokenmeter.domain.anomaly;

/** Lengths of time at which spend is looked at, each with a dispersion of its own. */
enum TimeScale {
  MINUTE(1, 3),
  FIVE_MINUTES(5, 10),
  QUARTER(15, 30),
  HOUR(60, 120),
  QUARTER_DAY(360, 1440),
  DAY(1440, 0);

  private static final TimeScale[] ALL = values();

  /** How long, minutes. Each divides the next. */
  final int minutes;

  /** How old a bucket of this length may become before it is merged into the next, minutes. */
  final int kept;

  TimeScale(int minutes, int kept) {
    this.minutes = minutes;
    this.kept = kept;
  }

  TimeScale next() {
    return ALL[ordinal() + 1];
  }

  /** The start of the time of this scale that holds a minute; both in minutes since the epoch. */
  long start(long minute) {
    return Math.floorDiv(minute, minutes) * minutes;
  }

  /** How many of these a week has. */
  double aWeek() {
    return 7 * 1440.0 / minutes;
  }

  /** The scale of a number, the shortest being 0. */
  static TimeScale of(int ordinal) {
    return ALL[ordinal];
  }
}

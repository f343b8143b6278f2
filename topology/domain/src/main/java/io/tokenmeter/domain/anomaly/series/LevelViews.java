package io.tokenmeter.domain.anomaly.series;

/**
 * What is surprising about the level of a series: far from what is usual at this time of the week,
 * off it for some time, or, whatever the time, moved over an hour's or a half-day's worth of rows.
 */
final class LevelViews {
  private static final int ENOUGH_ROWS = 80;
  private static final double OFF_HALF_LIFE_ROWS = 16;
  private static final double MOST_OFF = 5;
  private static final double SLOWER_HALF_LIFE_ROWS = 1000;

  /** Of rows on each side of the band that lie beyond it. */
  private static final double BEYOND_BAND = 0.01;

  private final TypicalSize usualOff = new TypicalSize();
  private final TwoTails band = new TwoTails(); // also of rows whose time of the week is new
  private final TwoTails offs = new TwoTails();
  private final RunningMean off = new RunningMean(OFF_HALF_LIFE_ROWS);
  private final TwoTails offForLong = new TwoTails();
  private final RunningMean slower = new RunningMean(SLOWER_HALF_LIFE_ROWS);
  private final Shift shortShift = new Shift(6);
  private final Shift longShift = new Shift(36);
  private long rows;

  /** The distance of a recent mean from a slow one. */
  private static final class Shift {
    private final RunningMean recent;
    private final TypicalSize usual = new TypicalSize();
    private final TwoTails shifts = new TwoTails();

    Shift(double halfLifeRows) {
      recent = new RunningMean(halfLifeRows);
    }

    double surprise(double slow) {
      double shift = recent.get() - slow;
      double surprise = usual.isKnown() ? shifts.surprise(shift / usual.get()) : 0;
      usual.add(shift);
      return surprise;
    }
  }

  /** How surprising a row is, all views added up; then it is history. */
  double surprise(double value, Seasons seasons) {
    double surprise = 0;
    if (rows > 0) {
      surprise = ofOff(value - seasons.usual(), seasons.knowWeek());
      surprise += shortShift.surprise(seasons.slow()) + longShift.surprise(slower.get());
    }
    shortShift.recent.add(value);
    longShift.recent.add(value);
    slower.add(value);
    rows++;
    return surprise;
  }

  /** How far above the usual value is still normal; NaN while that is not known. */
  double bandAbove() {
    return usualOff.isKnown() ? usualOff.get() * band.above(BEYOND_BAND) : Double.NaN;
  }

  /** How far below the usual value is still normal; NaN while that is not known. */
  double bandBelow() {
    return usualOff.isKnown() ? usualOff.get() * band.below(BEYOND_BAND) : Double.NaN;
  }

  private double ofOff(double distance, boolean sure) {
    double surprise = 0;
    if (usualOff.isKnown()) {
      double size = distance / usualOff.get();
      off.add(Math.max(-MOST_OFF, Math.min(MOST_OFF, size)));
      band.surprise(size);
      if (sure) {
        surprise = offs.surprise(size);
        surprise += rows > ENOUGH_ROWS ? offForLong.surprise(off.get()) : 0;
      }
    }
    usualOff.add(distance);
    return surprise;
  }
}

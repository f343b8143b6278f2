package io.tokenmeter.domain.anomaly.series;

/**
 * What is surprising about how a series moves from row to row: a value off its forecast, a jump, a
 * burst or a lull of movement, and a value that stays exactly the same for too long.
 */
final class ChangeViews {
  private static final int ENOUGH_ROWS = 50;
  private static final double MOVEMENT_HALF_LIFE_ROWS = 8;
  private static final double LEAST_MOVEMENT = 1e-3;

  private final Forecast forecast = new Forecast();
  private final TypicalSize usualError = new TypicalSize();
  private final TypicalSize usualJump = new TypicalSize();
  private final RunningMean movement = new RunningMean(MOVEMENT_HALF_LIFE_ROWS);
  private final TwoTails errors = new TwoTails();
  private final TwoTails jumps = new TwoTails();
  private final TwoTails movements = new TwoTails();
  private final TailEstimate repeats = new TailEstimate();
  private double last;
  private long repeated;
  private long rows;

  /** How surprising a row is, all views added up; then it is history. */
  double surprise(double value, Seasons seasons) {
    double surprise = 0;
    if (rows > 0) {
      double error = value - forecast.next(last, seasons);
      surprise = ofError(error) + ofJump(value - last) + ofRepeat(value);
      forecast.learn(value, usualError);
      usualError.add(error);
    } else {
      forecast.see(value);
    }
    last = value;
    rows++;
    return surprise;
  }

  /** The usual change from row to row, in units of the series. */
  TypicalSize usualJump() {
    return usualJump;
  }

  private double ofError(double error) {
    return usualError.isKnown() ? errors.surprise(error / usualError.get()) : 0;
  }

  private double ofJump(double jump) {
    movement.add(Math.abs(jump));
    double surprise = 0;
    if (usualJump.isKnown()) {
      double ratio = movement.get() / usualJump.get();
      surprise =
          jumps.surprise(jump / usualJump.get())
              + (rows > ENOUGH_ROWS ? movements.surprise(Math.log(ratio + LEAST_MOVEMENT)) : 0);
    }
    usualJump.add(jump);
    return surprise;
  }

  private double ofRepeat(double value) {
    repeated = value == last ? repeated + 1 : 0;
    return usualJump.isKnown() && rows > ENOUGH_ROWS ? repeats.surprise(repeated) : 0;
  }
}

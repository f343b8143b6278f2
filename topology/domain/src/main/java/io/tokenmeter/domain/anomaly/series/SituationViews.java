package io.tokenmeter.domain.anomaly.series;

/**
 * What is surprising about the situation as a whole: value, recent means at several scales and
 * recent movement together, and value, movement and time of day together. Each may be usual by
 * itself and unheard of in this combination.
 */
final class SituationViews {
  private static final long DAY_MILLIS = 86_400_000;
  private static final int ENOUGH_ROWS = 50;
  private static final int ENOUGH_VALUES = 20;
  private static final double MOVEMENT_WEIGHT = 0.5;
  private static final double LEAST_MOVEMENT = 0.1;

  private final RecentValues recent = new RecentValues();
  private final RunningMean mean4 = new RunningMean(2);
  private final RunningMean mean16 = new RunningMean(8);
  private final RunningMean mean64 = new RunningMean(32);
  private final RunningMean square16 = new RunningMean(8);
  private final RunningMean square64 = new RunningMean(32);
  private final double[] shape = new double[7];
  private final double[] moment = new double[6];
  private final Prototypes shapes = new Prototypes(shape.length);
  private final Prototypes moments = new Prototypes(moment.length);
  private final TailEstimate shapeNovelty = new TailEstimate();
  private final TailEstimate momentNovelty = new TailEstimate();
  private double last;
  private long rows;

  /**
   * How surprising a row is, both views added up; then it is history.
   *
   * @param usualJump the usual change from row to row
   */
  double surprise(long millis, double value, TypicalSize usualJump) {
    double surprise = 0;
    double spread = recent.size() >= ENOUGH_VALUES ? spread() : 0;
    if (spread > 0) {
      describe(millis, value, spread, usualJump.get());
      double ofShape = shapeNovelty.surprise(shapes.novelty(shape));
      double ofMoment = momentNovelty.surprise(moments.novelty(moment));
      surprise = rows > ENOUGH_ROWS ? ofShape + ofMoment : 0;
    }
    recent.add(value);
    last = value;
    rows++;
    return surprise;
  }

  /** The interquartile range, or what it would be in a normal series if the tails are wider. */
  private double spread() {
    double quartiles = recent.quantile(0.75) - recent.quantile(0.25);
    return Math.max(quartiles, (recent.quantile(0.95) - recent.quantile(0.05)) / 2.5);
  }

  private void describe(long millis, double value, double spread, double usualJump) {
    double y = compressed((value - recent.quantile(0.5)) / spread);
    double jump = compressed(2 * (value - last) / spread);
    mean4.add(y);
    mean16.add(y);
    mean64.add(y);
    square16.add(jump * jump);
    square64.add(jump * jump);
    double usual = 2 * usualJump / spread + 1e-9;
    double movement16 = movement(square16, usual);
    fill(shape, y, mean4.get(), mean16.get(), mean64.get(), movement16, 0, jump);
    shape[5] = movement(square64, usual);
    double angle = 2 * Math.PI * Math.floorMod(millis, DAY_MILLIS) / DAY_MILLIS;
    fill(moment, y, jump, mean16.get(), Math.sin(angle), Math.cos(angle), movement16);
  }

  /** How much the series moves, against what is usual, on a logarithmic scale. */
  private static double movement(RunningMean square, double usual) {
    double size = Math.sqrt(square.get());
    return MOVEMENT_WEIGHT * Math.log((size + LEAST_MOVEMENT * usual) / usual);
  }

  /** The inverse hyperbolic sine: the value itself near zero, its logarithm far from it. */
  private static double compressed(double x) {
    return Math.signum(x) * Math.log(Math.abs(x) + Math.sqrt(x * x + 1));
  }

  private static void fill(double[] point, double... coordinates) {
    System.arraycopy(coordinates, 0, point, 0, point.length);
  }
}

package io.tokenmeter.domain.anomaly;

/**
 * What the subjects of one dimension have in common: the shape of their week and how much they
 * vary. A subject with little history of its own is judged by it. One per dimension and task; less
 * than a kilobyte. Not thread-safe.
 */
public final class GroupState {
  private static final int VERSION = 2;

  /** How many subject-hours the estimate of the level remembers. */
  private static final float MEMORY = 2000;

  /** Relative variance of a new subject's level where little is known of others. */
  private static final double UNKNOWN = 20;

  /** Squared relative deviation of a shape of which nothing is known. */
  private static final double UNKNOWN_SHAPE = 5;

  /** No single hour counts for more than this squared relative deviation. */
  private static final double MOST_AWAY = 100;

  private static final int ENOUGH_HOURS = 100;

  private WeekShape shape = new WeekShape();
  private final GroupSpread spend = new GroupSpread();
  private final GroupSpread volume = new GroupSpread();
  private final GroupSpread unitCost = new GroupSpread();
  private final GroupSpread modelCost = new GroupSpread();
  private final GroupSpread tokenCost = new GroupSpread();
  private float hours;
  private float logSum;
  private float logSquares;
  private float shapeSquares;

  /** A dimension that was never seen. */
  public GroupState() {}

  /** The compact form. */
  public byte[] encode() {
    StateWriter out = new StateWriter();
    out.whole(VERSION);
    out.real(hours);
    out.real(logSum);
    out.real(logSquares);
    out.real(shapeSquares);
    shape.write(out);
    spend.write(out);
    volume.write(out);
    unitCost.write(out);
    modelCost.write(out);
    tokenCost.write(out);
    return out.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static GroupState decode(byte[] bytes) {
    return StateReader.read(
        bytes,
        VERSION,
        in -> {
          GroupState group = new GroupState();
          group.hours = in.real();
          group.logSum = in.real();
          group.logSquares = in.real();
          group.shapeSquares = in.real();
          group.shape = WeekShape.read(in);
          group.spend.read(in);
          group.volume.read(in);
          group.unitCost.read(in);
          group.modelCost.read(in);
          group.tokenCost.read(in);
          return group;
        });
  }

  WeekShape shape() {
    return shape;
  }

  GroupSpread spend() {
    return spend;
  }

  GroupSpread volume() {
    return volume;
  }

  GroupSpread unitCost() {
    return unitCost;
  }

  GroupSpread modelCost() {
    return modelCost;
  }

  GroupSpread tokenCost() {
    return tokenCost;
  }

  /**
   * Takes note of an hour of a subject.
   *
   * @param slot where in the week, see {@link HourOfWeek}
   * @param dollars what it cost
   * @param level dollars of the subject's average hour, above 0
   * @param variance relative variance of such an hour
   */
  void learn(int slot, double dollars, double level, double variance) {
    if (hours >= MEMORY) {
      float kept = 1 - 1 / MEMORY;
      hours *= kept;
      logSum *= kept;
      logSquares *= kept;
      shapeSquares *= kept;
    }
    float log = (float) Math.log(level);
    hours++;
    logSum += log;
    logSquares += log * log;
    double away = dollars / level / shape.relative(slot) - 1;
    shapeSquares += (float) (Math.min(away * away, MOST_AWAY) - variance);
    shape.learn(slot, dollars / level);
  }

  /** How far subjects' shapes differ from the group's: squared relative deviation. */
  double shapeVariance() {
    double known = Math.max(0.02, shapeSquares / Math.max(hours, 1));
    return hours < ENOUGH_HOURS ? UNKNOWN_SHAPE : known;
  }

  /** Dollars of an average hour of a typical subject, the geometric mean; 0 where unknown. */
  double typicalLevel() {
    return hours < ENOUGH_HOURS ? 0 : Math.exp(logSum / hours);
  }

  /** Relative variance of the level of a subject of which nothing was seen. */
  double levelVariance() {
    if (hours < ENOUGH_HOURS) {
      return UNKNOWN;
    }
    double mean = logSum / hours;
    double logVariance = Math.max(0.25, logSquares / hours - mean * mean);
    // That of a log-normal distribution.
    return Math.min(1e4, Math.expm1(logVariance));
  }
}

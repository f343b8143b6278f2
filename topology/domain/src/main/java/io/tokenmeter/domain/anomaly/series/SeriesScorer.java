package io.tokenmeter.domain.anomaly.series;

/**
 * Scores a series of any kind row by row as it comes: one pass, no labels, no look ahead, bounded
 * state.
 *
 * <p>Each of ten views of a row has its own statistic, and each statistic is judged by how rarely
 * it got so large in this series so far: a tail probability, so that units and distributions do not
 * matter and series can be compared. The views' decimal logarithms are added, as Fisher adds
 * independent tests, and related by {@code s / (s + 12)} to a score from 0 to 1. The reasons, and
 * what was tried and dropped, are in RATIONALE.md.
 */
public final class SeriesScorer implements RowScorer {
  /** Rows after which history counts half; also the longest history that makes rare rarer. */
  static final int MEMORY_ROWS = 20_000;

  /** The sum of surprises that gives a score of one half. */
  static final double HALF = 12;

  private static final double DAY_MILLIS = 86_400_000;
  private static final double LEAST_NEW_ROWS = 60;
  private static final double MOST_NEW_ROWS = 250;
  private static final double HISTORY_DISCOUNT = 0.25;
  private static final int SHORTEST_HISTORY = 100;
  private static final int USUAL_HISTORY = 1000;

  /** Beyond this, squares and sums would overflow. */
  private static final double LARGEST = 1e100;

  private final Seasons seasons = new Seasons();
  private final ChangeViews changes = new ChangeViews();
  private final LevelViews levels = new LevelViews();
  private final SituationViews situations = new SituationViews();
  private final EventDamping damping = new EventDamping();
  private double origin = Double.NaN;
  private long rows;

  /** A series of which nothing is known. */
  public SeriesScorer() {}

  @Override
  public SeriesScore next(long millis, double value) {
    seasons.at(millis);
    if (!(Math.abs(value) <= LARGEST)) {
      return new SeriesScore(0, 0, usual(), lower(), upper());
    }
    if (rows == 0) {
      origin = value;
    }
    double x = value - origin; // a series and the same series moved are then the same to the bit
    double usual = usual();
    double lower = lower();
    double upper = upper();
    double surprise = settled() * discount() * surprise(millis, x);
    seasons.add(x);
    rows++;
    return new SeriesScore(
        score(damping.damped(surprise, stepMillis())), score(surprise), usual, lower, upper);
  }

  @Override
  public long stepMillis() {
    return seasons.stepMillis();
  }

  private double surprise(long millis, double x) {
    return changes.surprise(x, seasons)
        + levels.surprise(x, seasons)
        + situations.surprise(millis, x, changes.usualJump());
  }

  /** In the first two days, what happens for the first time is no surprise yet; 0 to 1. */
  private double settled() {
    double twoDays = stepMillis() == 0 ? MOST_NEW_ROWS : 2 * DAY_MILLIS / stepMillis();
    return Math.min(1, rows / Math.max(LEAST_NEW_ROWS, Math.min(MOST_NEW_ROWS, twoDays)));
  }

  /** In a long history, something rare is bound to happen: more is asked of it. */
  private double discount() {
    double history = Math.min(Math.max(rows, SHORTEST_HISTORY), MEMORY_ROWS);
    return 1 - HISTORY_DISCOUNT * Math.log10(history / USUAL_HISTORY);
  }

  private double usual() {
    return rows == 0 ? Double.NaN : origin + seasons.usual();
  }

  private double lower() {
    return usual() - levels.bandBelow();
  }

  private double upper() {
    return usual() + levels.bandAbove();
  }

  /** The score of a sum of surprises. */
  static double score(double surprise) {
    return surprise / (surprise + HALF);
  }
}

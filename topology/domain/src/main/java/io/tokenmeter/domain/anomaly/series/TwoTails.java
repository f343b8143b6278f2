package io.tokenmeter.domain.anomaly.series;

/**
 * The rarity of a statistic that may go both ways. Each side has a history of its own: in a series
 * of bursts a high value is usual and a low one is not.
 */
final class TwoTails {
  private final TailEstimate above = new TailEstimate();
  private final TailEstimate below = new TailEstimate();

  /** As {@link TailEstimate#surprise}, on the value's side of zero. */
  double surprise(double value) {
    double up = above.surprise(Math.max(value, 0));
    double down = below.surprise(Math.max(-value, 0));
    if (value == 0) {
      return Math.min(up, down);
    }
    return value > 0 ? up : down;
  }

  /** The positive value that is exceeded by this share of rows. */
  double above(double share) {
    return above.exceededBy(share);
  }

  /** The size of the negative value that this share of rows go below. */
  double below(double share) {
    return below.exceededBy(share);
  }
}

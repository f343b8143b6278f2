package io.tokenmeter.domain.anomaly.series;

/**
 * The situations that were seen before, each a point; a new point is as novel as it is far from the
 * nearest of them.
 *
 * <p>A point farther than a radius from all becomes a prototype, others pull the nearest one a
 * little towards them. When there are too many, the radius grows and prototypes nearer than it are
 * merged. This is online clustering as in ART networks and leader clustering (Hartigan 1975).
 */
final class Prototypes {
  private static final int MOST = 100;
  private static final double FIRST_RADIUS = 0.5;
  private static final double RADIUS_GROWTH = 1.2;
  private static final double SLOWEST_PULL = 0.02;

  private final double[][] points;
  private final long[] seen = new long[MOST + 1];
  private double radius = FIRST_RADIUS;
  private int count;

  /** No prototypes. */
  Prototypes(int dimensions) {
    this.points = new double[MOST + 1][dimensions];
  }

  /** How far a point is from what was seen before it, 0 for the first; then it is remembered. */
  double novelty(double[] point) {
    if (count == 0) {
      keep(point);
      return 0;
    }
    double least = Double.MAX_VALUE;
    int nearest = 0;
    for (int i = 0; i < count; i++) {
      double distance = squaredDistance(points[i], point, least);
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    if (least > radius * radius) {
      keep(point);
    } else {
      pull(nearest, point);
    }
    return Math.sqrt(least);
  }

  private void keep(double[] point) {
    System.arraycopy(point, 0, points[count], 0, point.length);
    seen[count++] = 1;
    while (count > MOST) {
      radius *= RADIUS_GROWTH;
      merge();
    }
  }

  private void pull(int prototype, double[] point) {
    double share = Math.max(1.0 / ++seen[prototype], SLOWEST_PULL);
    double[] at = points[prototype];
    for (int k = 0; k < at.length; k++) {
      at[k] += share * (point[k] - at[k]);
    }
  }

  private void merge() {
    int merged = 0;
    for (int i = 0; i < count; i++) {
      int near = within(points[i], merged);
      if (near >= 0) {
        join(near, i);
      } else {
        double[] free = points[merged];
        points[merged] = points[i];
        points[i] = free;
        seen[merged++] = seen[i];
      }
    }
    count = merged;
  }

  private int within(double[] point, int among) {
    for (int i = 0; i < among; i++) {
      if (squaredDistance(points[i], point, radius * radius) < radius * radius) {
        return i;
      }
    }
    return -1;
  }

  private void join(int into, int other) {
    double share = (double) seen[other] / (seen[into] + seen[other]);
    for (int k = 0; k < points[into].length; k++) {
      points[into][k] += share * (points[other][k] - points[into][k]);
    }
    seen[into] += seen[other];
  }

  /** Stops adding up where the distance is beyond the limit already. */
  private static double squaredDistance(double[] a, double[] b, double limit) {
    double sum = 0;
    for (int k = 0; k < a.length && sum < limit; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return sum;
  }
}

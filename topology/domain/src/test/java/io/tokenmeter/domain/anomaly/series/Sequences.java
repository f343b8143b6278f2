package io.tokenmeter.domain.anomaly.series;

import java.util.Random;

/** Series for the tests, all seeded, a row every five minutes from Monday 2026-01-05. */
final class Sequences {
  static final long START = 1_767_571_200_000L;
  static final long STEP = 300_000;
  static final int DAY = 288;

  private Sequences() {}

  static long time(int row) {
    return START + row * STEP;
  }

  /** White noise around a level. */
  static double[] noise(long seed, int rows) {
    Random random = new Random(seed);
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = 100 + 5 * random.nextGaussian();
    }
    return values;
  }

  /** Noise on a wave of one day. */
  static double[] daily(long seed, int rows) {
    double[] values = noise(seed, rows);
    for (int i = 0; i < rows; i++) {
      values[i] += 60 * Math.sin(2 * Math.PI * i / DAY);
    }
    return values;
  }

  /** Whole numbers, as counts are. */
  static double[] counts(long seed, int rows) {
    double[] values = daily(seed, rows);
    for (int i = 0; i < rows; i++) {
      values[i] = Math.round(values[i]);
    }
    return values;
  }

  static double[] scores(double[] values) {
    SeriesScorer scorer = new SeriesScorer();
    double[] scores = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      scores[i] = scorer.next(time(i), values[i]).score();
    }
    return scores;
  }

  /** The row with the highest score from a row on. */
  static int highest(double[] scores, int from) {
    int highest = from;
    for (int i = from; i < scores.length; i++) {
      highest = scores[i] > scores[highest] ? i : highest;
    }
    return highest;
  }
}

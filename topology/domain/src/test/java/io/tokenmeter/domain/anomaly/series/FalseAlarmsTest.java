package io.tokenmeter.domain.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FalseAlarmsTest {

  private static final long FIVE_MINUTES = 300_000;
  private static final long HOUR = 3_600_000;
  private static final int SERIES = 12;
  private static final int ROWS = 8000;
  private static final int LEARNED = 1000;

  /** Series in which nothing ever happens. */
  enum Quiet {
    WHITE_NOISE {
      @Override
      double value(Random random, int row, double slow) {
        return random.nextGaussian();
      }
    },
    AUTOCORRELATED_NOISE {
      @Override
      double value(Random random, int row, double slow) {
        return slow;
      }
    },
    DAILY_SEASON {
      @Override
      double value(Random random, int row, double slow) {
        return 100 + 60 * Math.sin(2 * Math.PI * row / 288) + 5 * random.nextGaussian();
      }
    },
    LOGNORMAL_SPEND {
      @Override
      double value(Random random, int row, double slow) {
        double season = 100 + 60 * Math.sin(2 * Math.PI * row / 288);
        return season * Math.exp(0.3 * random.nextGaussian() + 0.1 * slow);
      }
    };

    abstract double value(Random random, int row, double slow);
  }

  /** The promise that scores of different series can be compared. */
  @ParameterizedTest
  @EnumSource(Quiet.class)
  void oneHalf_isReachedByChanceOnceInAboutTwoThousandRowsWhateverTheSeries(Quiet quiet) {
    double share = shareOfRisesTo(0.5, quiet);

    assertThat(Math.log10(share)).isCloseTo(-3.3, within(0.35));
  }

  @Test
  void tenTimesFewerFalseAlarms_areTheChanceThatTheThresholdIsReachedTenTimesLess() {
    double threshold = FalseAlarms.threshold(1.0, FIVE_MINUTES);
    double strict = FalseAlarms.threshold(0.1, FIVE_MINUTES);

    double ratio =
        shareOfRisesTo(threshold, Quiet.LOGNORMAL_SPEND)
            / shareOfRisesTo(strict, Quiet.LOGNORMAL_SPEND);

    assertThat(ratio).isBetween(3.0, 30.0);
  }

  @Test
  void threshold_isWorkedOutFromTheRowsOfAWeek() {
    // One in 2,016 rows is a share of 10^-3.30449: a surprise of 12 + 0.00449 / 0.35 = 12.0128.
    assertThat(FalseAlarms.threshold(1, FIVE_MINUTES)).isCloseTo(12.0128 / 24.0128, within(1e-5));
    // 0.02 in 168 rows: 10^-3.92428, a surprise of 12 + 0.62428 / 0.35 = 13.78366.
    assertThat(FalseAlarms.threshold(0.02, HOUR)).isCloseTo(13.78366 / 25.78366, within(1e-5));
  }

  @Test
  void manyToleratedAlarms_stillAskForMoreThanTheUsual() {
    assertThat(FalseAlarms.threshold(1_000_000, HOUR)).isCloseTo(6.0 / 18, within(1e-9));
  }

  private static double shareOfRisesTo(double threshold, Quiet quiet) {
    int rises = 0;
    for (int seed = 0; seed < SERIES; seed++) {
      Random random = new Random(seed);
      SeriesScorer scorer = new SeriesScorer();
      double slow = 0;
      boolean over = false;
      for (int row = 0; row < ROWS; row++) {
        slow = 0.9 * slow + random.nextGaussian();
        double value = quiet.value(random, row, slow);
        boolean now = scorer.next(row * FIVE_MINUTES, value).score() >= threshold;
        rises += row >= LEARNED && now && !over ? 1 : 0;
        over = now;
      }
    }
    return (double) rises / (SERIES * (ROWS - LEARNED));
  }
}

package io.tokenmeter.domain.anomaly.series;

import static io.tokenmeter.domain.anomaly.series.Sequences.DAY;
import static io.tokenmeter.domain.anomaly.series.Sequences.STEP;
import static io.tokenmeter.domain.anomaly.series.Sequences.counts;
import static io.tokenmeter.domain.anomaly.series.Sequences.daily;
import static io.tokenmeter.domain.anomaly.series.Sequences.highest;
import static io.tokenmeter.domain.anomaly.series.Sequences.noise;
import static io.tokenmeter.domain.anomaly.series.Sequences.scores;
import static io.tokenmeter.domain.anomaly.series.Sequences.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesScorerTest {

  /** After this row the scorer knows its series. */
  private static final int KNOWN = 4 * DAY;

  private static final int EVENT = 6 * DAY + 100;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void spike_hasTheHighestScoreOfTheSeriesAndIsOverOneHalf(long seed) {
    double[] values = noise(seed, 8 * DAY);
    values[EVENT] += 60;

    double[] scores = scores(values);

    assertThat(highest(scores, KNOWN)).isEqualTo(EVENT);
    assertThat(scores[EVENT]).isGreaterThan(0.6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void levelShift_standsOutWhereItBegins(long seed) {
    double[] values = noise(seed, 8 * DAY);
    for (int i = EVENT; i < values.length; i++) {
      values[i] += 40;
    }

    double[] scores = scores(values);

    assertThat(highest(scores, KNOWN)).isBetween(EVENT, EVENT + 3);
    assertThat(scores[highest(scores, KNOWN)]).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void burstOfMovement_standsOutWithinTheHour(long seed) {
    double[] values = noise(seed, 8 * DAY);
    for (int i = EVENT; i < EVENT + 36; i++) {
      values[i] += i % 2 == 0 ? 25 : -25;
    }

    double[] scores = scores(values);

    assertThat(highest(scores, KNOWN)).isBetween(EVENT, EVENT + 12);
    assertThat(scores[highest(scores, KNOWN)]).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void stuckSensor_standsOutWithinTheHour(long seed) {
    double[] values = noise(seed, 8 * DAY);
    Arrays.fill(values, EVENT, EVENT + 48, values[EVENT]);

    double[] scores = scores(values);

    assertThat(Arrays.stream(scores, EVENT, EVENT + 12).max().orElseThrow()).isGreaterThan(0.5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void valueOfTheDayAtNight_standsOutThoughItIsUsualAtOtherTimes(long seed) {
    double[] values = daily(seed, 12 * DAY);
    int night = 10 * DAY + 3 * DAY / 4; // the wave is lowest
    for (int i = night; i < night + 12; i++) {
      values[i] += 100;
    }

    double[] scores = scores(values);

    assertThat(highest(scores, 5 * DAY)).isBetween(night, night + 3);
  }

  @Test
  void rowsAfterTheBeginningOfAnEvent_scoreLessThanItAndMoreThanUsual() {
    double[] values = noise(1, 8 * DAY);
    for (int i = EVENT; i < EVENT + 60; i++) {
      values[i] += 50;
    }

    double[] scores = scores(values);
    double during = mean(scores, EVENT + 10, EVENT + 40);

    assertThat(during).isLessThan(scores[highest(scores, EVENT)]);
    assertThat(during).isGreaterThan(1.2 * mean(scores, EVENT - DAY, EVENT));
  }

  @Test
  void abnormality_staysHighWhereTheScoreIsDamped() {
    double[] values = noise(1, 8 * DAY);
    for (int i = EVENT; i < EVENT + 6; i++) {
      values[i] += 80;
    }
    SeriesScorer scorer = new SeriesScorer();
    for (int i = 0; i < EVENT + 5; i++) {
      scorer.next(time(i), values[i]);
    }

    SeriesScore late = scorer.next(time(EVENT + 5), values[EVENT + 5]);

    assertThat(late.abnormality()).isGreaterThan(0.5);
    assertThat(late.score()).isLessThan(late.abnormality());
  }

  @Test
  void normalBand_holdsMostRowsOfADailySeriesAndFollowsTheDay() {
    double[] values = daily(5, 14 * DAY);
    SeriesScorer scorer = new SeriesScorer();
    int inside = 0;
    double noon = 0;
    double night = 0;
    for (int i = 0; i < values.length; i++) {
      SeriesScore score = scorer.next(time(i), values[i]);
      if (i >= 7 * DAY) {
        inside += values[i] >= score.lower() && values[i] <= score.upper() ? 1 : 0;
        noon = i % DAY == DAY / 4 ? score.usual() : noon;
        night = i % DAY == 3 * DAY / 4 ? score.usual() : night;
      }
    }

    assertThat(inside / (7.0 * DAY)).isBetween(0.95, 1.0);
    assertThat(noon).isCloseTo(160, within(8.0));
    assertThat(night).isCloseTo(40, within(8.0));
  }

  @Test
  void flatSeries_scoresZero() {
    double[] values = new double[2000];
    Arrays.fill(values, 42.5);

    assertThat(scores(values)).containsOnly(0);
  }

  @Test
  void firstTwoDays_areNewAndNotAbnormal() {
    for (long seed = 0; seed < 20; seed++) {
      double[] scores = scores(daily(seed, 2 * DAY));
      assertThat(Arrays.stream(scores).limit(DAY / 2).max().orElseThrow())
          .as("seed " + seed)
          .isLessThan(0.55);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void scores_doNotDependOnWhatComesLater(long seed) {
    double[] one = daily(seed, 1500);
    double[] other = one.clone();
    int same = 400 + new Random(seed).nextInt(1000);
    for (int i = same; i < other.length; i++) {
      other[i] = 7 * one[i] - 1000;
    }

    assertThat(Arrays.copyOf(scores(other), same)).isEqualTo(Arrays.copyOf(scores(one), same));
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void scores_areTheSameInAnotherUnitAndFromAnotherZero(long seed) {
    double[] values = counts(seed, 1500);

    double[] inEighths = scores(Arrays.stream(values).map(v -> v / 8).toArray());
    double[] moved = scores(Arrays.stream(values).map(v -> v - 1_000_000).toArray());
    double[] scores = scores(values);

    assertThat(inEighths).isEqualTo(scores);
    assertThat(moved).isEqualTo(scores);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-30, 0.3, 1e30})
  void scores_areTheSameInAnyUnitButForRounding(double factor) {
    double[] values = daily(31, 1500);
    double[] scores = scores(values);

    double[] scaled = scores(Arrays.stream(values).map(v -> v * factor).toArray());

    assertThat(scaled).containsExactly(scores, within(1e-6));
  }

  @Test
  void fall_isScoredAsTheMirroredRise() {
    double[] values = counts(41, 1500);
    double[] mirrored = Arrays.stream(values).map(v -> -v).toArray();

    assertThat(scores(mirrored)).containsExactly(scores(values), within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53, 54, 55, 56})
  void scores_lieWithinZeroAndOneWhateverTheInput(long seed) {
    Random random = new Random(seed);
    SeriesScorer scorer = new SeriesScorer();
    double[] odd = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE, -1e100, 1e100, 1e-300, 0, -0.0, 5
    };
    long millis = Sequences.START;
    for (int i = 0; i < 3000; i++) {
      millis += random.nextInt(20) == 0 ? -random.nextInt(100_000_000) : STEP;
      double value = random.nextInt(4) == 0 ? odd[random.nextInt(odd.length)] : random.nextInt(9);
      SeriesScore score = scorer.next(millis, value);
      assertThat(score.score()).as("row " + i + " of seed " + seed).isBetween(0.0, 1.0);
      assertThat(score.abnormality()).as("row " + i + " of seed " + seed).isBetween(0.0, 1.0);
    }
  }

  @Test
  void missingValues_scoreZeroAndChangeNothingElse() {
    double[] values = noise(61, 1200);
    double[] expected = scores(values);
    SeriesScorer scorer = new SeriesScorer();

    for (int i = 0; i < values.length; i++) {
      assertThat(scorer.next(time(i), values[i]).score()).isEqualTo(expected[i]);
      if (i > 100 && i % 7 == 0) {
        assertThat(scorer.next(time(i), Double.NaN).score()).isZero();
      }
    }
  }

  @Test
  void gapAndStepBack_areTakenAsTheyCome() {
    double[] values = daily(71, 10 * DAY);
    SeriesScorer scorer = new SeriesScorer();
    double highest = 0;
    for (int i = 0; i < values.length; i++) {
      boolean lost = i > 6 * DAY && i < 6 * DAY + 100;
      boolean repeatedHour = i >= 8 * DAY && i < 8 * DAY + 12;
      double score =
          lost ? 0 : scorer.next(time(i) - (repeatedHour ? 12 * STEP : 0), values[i]).score();
      highest = i > KNOWN ? Math.max(highest, score) : 0;
    }

    assertThat(highest).isLessThan(0.6);
    assertThat(scorer.stepMillis()).isEqualTo(STEP);
  }

  @Test
  void dailySteps_areScoredWithTheWeekday() {
    Random random = new Random(81);
    SeriesScorer scorer = new SeriesScorer();
    double saturday = 0;
    for (int day = 0; day < 365; day++) {
      boolean weekend = day % 7 >= 5;
      double value = (weekend ? 20 : 100) + random.nextGaussian();
      boolean worked = day == 355; // a Saturday as busy as a Wednesday
      double score = scorer.next(Sequences.START + day * 86_400_000L, worked ? 100 : value).score();
      saturday = worked ? score : saturday;
    }

    assertThat(saturday).isGreaterThan(0.5);
  }

  private static double mean(double[] scores, int from, int to) {
    return DoubleStream.of(Arrays.copyOfRange(scores, from, to)).average().orElseThrow();
  }
}

package io.tokenmeter.domain.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.anomaly.AnomalyPolicy;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SeriesAlertsTest {

  private static final long HOUR = 3_600_000;
  private static final double USUAL = 10;

  @Test
  void abnormalRows_areOneAlertFromTheFirstToTheLast() {
    assertThat(run(policy(1, 0, "PT0S", "PT0S"), 10, 90, 90, 10)).isEqualTo(".##.");
  }

  @Test
  void event_mustLastAsLongAsThePolicyAsksFor() {
    SeriesPolicy threeHours = policy(1, 0, "PT3H", "PT0S");

    assertThat(run(threeHours, 10, 90, 90, 10, 90, 90, 90, 90, 10)).isEqualTo("......##.");
  }

  @Test
  void rowOfAnHour_hasLastedAnHour() {
    assertThat(run(policy(1, 0, "PT15M", "PT0S"), 10, 90, 10)).isEqualTo(".#.");
  }

  @Test
  void nextAlert_waitsForTheCoolDownToEnd() {
    SeriesPolicy restsTwoHours = policy(1, 0, "PT0S", "PT2H");

    // Ended at hour 2: rests until hour 4, and the event that goes on then is an alert.
    assertThat(run(restsTwoHours, 10, 90, 10, 90, 90, 90, 10)).isEqualTo(".#..##.");
  }

  @Test
  void coolDown_endsWhereTimeStepsBack() {
    SeriesAlerts alerts = new SeriesAlerts(policy(1, 0, "PT0S", "PT2H"));
    alerts.next(100 * HOUR, 90, score(90), HOUR);
    alerts.next(101 * HOUR, 10, score(10), HOUR);

    assertThat(alerts.next(5 * HOUR, 90, score(90), HOUR)).isTrue();
  }

  @Test
  void floor_isWhatTheDifferenceAddsUpToInADay() {
    // 90 instead of 10 an hour is 1,920 a day.
    assertThat(run(policy(1, 1920, "PT0S", "PT0S"), 10, 90, 10)).isEqualTo(".#.");
    assertThat(run(policy(1, 1921, "PT0S", "PT0S"), 10, 90, 10)).isEqualTo("...");
  }

  @Test
  void ratio_countsBothWays() {
    SeriesPolicy nineTimes = policy(9, 0, "PT0S", "PT0S");

    assertThat(run(nineTimes, 10, 90, 10, 89, 10, 1.1, 10, 1.2, 10, -5)).isEqualTo(".#...#...#");
  }

  @Test
  void missingValue_endsAnAlert() {
    SeriesAlerts alerts = new SeriesAlerts(SeriesPolicy.DEFAULT);
    assertThat(alerts.next(0, 90, score(90), HOUR)).isTrue();

    assertThat(alerts.next(HOUR, Double.NaN, new SeriesScore(0, 0, 10, 5, 15), HOUR)).isFalse();
  }

  @Test
  void detectorsPolicy_isTakenOver() {
    SeriesPolicy policy = SeriesPolicy.of(AnomalyPolicy.DEFAULT);

    assertThat(policy.falseAlarms()).hasValue(AnomalyPolicy.DEFAULT.falseAlarms());
    assertThat(policy.minimumRatio()).isEqualTo(AnomalyPolicy.DEFAULT.minimumRatio());
    assertThat(policy.floor()).isEqualTo(5);
    assertThat(policy.persistence()).isEqualTo(AnomalyPolicy.DEFAULT.persistence());
    assertThat(policy.threshold(HOUR))
        .isEqualTo(FalseAlarms.threshold(AnomalyPolicy.DEFAULT.falseAlarms(), HOUR));
    assertThat(policy.threshold(0)).isEqualTo(SeriesPolicy.USUAL_THRESHOLD);
  }

  @Test
  void nonsense_isRefusedByName() {
    assertThatThrownBy(() -> policy(0.5, 0, "PT0S", "PT0S"))
        .hasMessage("the minimum ratio must be 1 or more");
    assertThatThrownBy(() -> policy(1, -1, "PT0S", "PT0S"))
        .hasMessage("the floor must not be negative");
  }

  /** A row each hour; a hash for an alert, a dot for none. */
  private static String run(SeriesPolicy policy, double... values) {
    SeriesAlerts alerts = new SeriesAlerts(policy);
    StringBuilder marks = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      marks.append(alerts.next(i * HOUR, values[i], score(values[i]), HOUR) ? '#' : '.');
    }
    return marks.toString();
  }

  private static SeriesScore score(double value) {
    double score = value == USUAL ? 0.1 : 0.7;
    return new SeriesScore(score, score, USUAL, 5, 15);
  }

  private static SeriesPolicy policy(
      double ratio, double floor, String persistence, String coolDown) {
    return new SeriesPolicy(
        AnomalyPolicy.Rule.ROBUST,
        0.5,
        OptionalDouble.empty(),
        ratio,
        floor,
        Duration.parse(persistence),
        Duration.parse(coolDown));
  }
}

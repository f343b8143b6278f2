package io.tokenmeter.domain.anomaly.series;

import io.tokenmeter.domain.anomaly.AnomalyPolicy;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * When a scored row is an alert.
 *
 * @param rule what scores the rows
 * @param threshold score from which a row is abnormal, above 0 to 1
 * @param falseAlarms how many alarms by chance are tolerated in a week; it replaces the threshold.
 *     Above 0; rule {@link AnomalyPolicy.Rule#ROBUST} only
 * @param minimumRatio how many times what is usual a value must be, or what share of it if lower; 1
 *     or more, 1 for any
 * @param floor by how much a value must be off, in units of the series summed up over a day:
 *     dollars a day, if values are dollars. 0 or more
 * @param persistence how long rows must stay abnormal before it is an alert
 * @param coolDown how long after the end of an alert the next one may begin
 */
public record SeriesPolicy(
    AnomalyPolicy.Rule rule,
    double threshold,
    OptionalDouble falseAlarms,
    double minimumRatio,
    double floor,
    Duration persistence,
    Duration coolDown) {

  /** The threshold where nothing else is asked for: about one row in two thousand by chance. */
  public static final double USUAL_THRESHOLD = 0.5;

  /**
   * What holds where nothing else is asked for, whatever the unit of the series: any abnormal row,
   * and half an hour's rest after an alert.
   */
  public static final SeriesPolicy DEFAULT =
      new SeriesPolicy(
          AnomalyPolicy.Rule.ROBUST,
          USUAL_THRESHOLD,
          OptionalDouble.empty(),
          1,
          0,
          Duration.ZERO,
          AnomalyPolicy.DEFAULT.coolDown());

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming what is out of range
   */
  public SeriesPolicy {
    require(threshold > 0 && threshold <= 1, "the threshold must be above 0 and at most 1");
    require(falseAlarms.isEmpty() || falseAlarms.getAsDouble() > 0, "false alarms must be above 0");
    require(minimumRatio >= 1, "the minimum ratio must be 1 or more");
    require(floor >= 0, "the floor must not be negative");
    require(!persistence.isNegative(), "persistence must not be negative");
    require(!coolDown.isNegative(), "the cool-down must not be negative");
  }

  /** What a detector's policy says of a series. */
  public static SeriesPolicy of(AnomalyPolicy policy) {
    return new SeriesPolicy(
        policy.rule(),
        USUAL_THRESHOLD,
        policy.rule() == AnomalyPolicy.Rule.ROBUST
            ? OptionalDouble.of(policy.falseAlarms())
            : OptionalDouble.empty(),
        policy.rule() == AnomalyPolicy.Rule.ROBUST ? policy.minimumRatio() : 1,
        Double.parseDouble(policy.floor().toPlainString()),
        policy.persistence(),
        policy.coolDown());
  }

  /** The scorer of the rule, for one series. */
  public RowScorer scorer() {
    return switch (rule) {
      case ROBUST -> new SeriesScorer();
      case TWO_STANDARD_DEVIATIONS -> new TwoStandardDeviations();
    };
  }

  /**
   * The score from which a row is abnormal.
   *
   * @param stepMillis time between rows, milliseconds; 0 while unknown
   */
  public double threshold(long stepMillis) {
    return falseAlarms.isPresent() && stepMillis > 0
        ? FalseAlarms.threshold(falseAlarms.getAsDouble(), stepMillis)
        : threshold;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

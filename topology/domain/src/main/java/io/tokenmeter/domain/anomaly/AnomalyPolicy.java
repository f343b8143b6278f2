package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.money.Money;
import java.time.Duration;

/**
 * How a subject's spend is judged.
 *
 * @param enabled whether it is judged at all; what is normal is learned all the same
 * @param rule what decides
 * @param falseAlarms how many alarms by chance are tolerated per subject and week, above 0 to 100;
 *     fewer means that more evidence is asked for. Rule {@link Rule#ROBUST} only
 * @param minimumRatio how many times the usual spend is the least to report, above 1; a fall is
 *     reported when less than half is left. Rule {@link Rule#ROBUST} only
 * @param minimumRequests how many requests a window must have to be judged, 1 or more
 * @param floor changes worth fewer dollars a day are not reported; 0 or more
 * @param persistence how long spend must stay abnormal before it is reported, even if the evidence
 *     is clear, event time, at most an hour
 * @param coolDown how long after the end of a cause the next one of its kind may begin
 * @param acceptAfter how long a new level must last to become the usual one, at least an hour
 * @param warning dollars a day at stake from which it is a warning
 * @param critical dollars a day at stake from which it is critical; not below {@code warning}
 */
public record AnomalyPolicy(
    boolean enabled,
    Rule rule,
    double falseAlarms,
    double minimumRatio,
    int minimumRequests,
    Money floor,
    Duration persistence,
    Duration coolDown,
    Duration acceptAfter,
    Money warning,
    Money critical) {

  /** What decides whether spend is abnormal. */
  public enum Rule {
    /**
     * Against the seasonal median of seven days, with the dispersion learned at each time scale.
     */
    ROBUST,
    /** Hours and days outside mean ± 2 standard deviations of seven days. */
    TWO_STANDARD_DEVIATIONS
  }

  /** What holds for a subject that no policy names. */
  public static final AnomalyPolicy DEFAULT =
      new AnomalyPolicy(
          true,
          Rule.ROBUST,
          0.1,
          1.25,
          5,
          Money.parse("5"),
          Duration.ZERO,
          Duration.ofHours(1),
          Duration.ofDays(1),
          Money.parse("10"),
          Money.parse("100"));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the field that is out of range
   */
  public AnomalyPolicy {
    require(falseAlarms > 0 && falseAlarms <= 100, "falseAlarms must be above 0 and at most 100");
    require(minimumRatio > 1 && minimumRatio < 1e6, "minimumRatio must be above 1");
    require(minimumRequests >= 1, "minimumRequests must be 1 or more");
    require(floor.signum() >= 0, "floor must not be negative");
    require(
        !persistence.isNegative() && persistence.compareTo(Duration.ofHours(1)) <= 0,
        "persistence must be between 0 and an hour");
    require(!coolDown.isNegative(), "coolDown must not be negative");
    require(acceptAfter.compareTo(Duration.ofHours(1)) >= 0, "acceptAfter must be an hour or more");
    require(warning.signum() >= 0, "warning must not be negative");
    require(critical.compareTo(warning) >= 0, "critical must not be below warning");
  }

  /** How urgent so many dollars a day are. */
  public Severity severity(Money atStake) {
    if (atStake.compareTo(critical) >= 0) {
      return Severity.CRITICAL;
    }
    return atStake.compareTo(warning) >= 0 ? Severity.WARNING : Severity.INFO;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}

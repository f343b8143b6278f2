package io.tokenmeter.domain.run;

import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.money.Money;

/**
 * What a run of a workflow may do before it counts as a runaway. A limit of 0 is none.
 *
 * @param enabled whether runs are watched at all
 * @param steps steps of one run, 0 or more
 * @param cost cost of one run, 0 or more
 * @param costPerMinute cost of one run in one minute of the clock, 0 or more
 * @param identicalSteps repetitions of one step: same name, agent, model and number of input
 *     tokens; 0 or more
 * @param warning dollars a day at stake from which it is a warning
 * @param critical dollars a day at stake from which it is critical; not below {@code warning}
 */
public record RunawayPolicy(
    boolean enabled,
    long steps,
    Money cost,
    Money costPerMinute,
    long identicalSteps,
    Money warning,
    Money critical) {

  /** What holds for a workflow that no policy names. */
  public static final RunawayPolicy DEFAULT =
      new RunawayPolicy(
          true,
          1000,
          Money.parse("50"),
          Money.parse("10"),
          100,
          Money.parse("10"),
          Money.parse("100"));

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the field that is out of range
   */
  public RunawayPolicy {
    require(steps >= 0, "steps must not be negative");
    require(cost.signum() >= 0, "cost must not be negative");
    require(costPerMinute.signum() >= 0, "costPerMinute must not be negative");
    require(identicalSteps >= 0, "identicalSteps must not be negative");
    require(warning.signum() >= 0, "warning must not be negative");
    require(critical.compareTo(warning) >= 0, "critical must not be below warning");
  }

  /** How urgent so many dollars a day are. */
  Severity severity(Money atStake) {
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

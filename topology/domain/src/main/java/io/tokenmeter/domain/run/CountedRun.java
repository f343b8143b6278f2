package io.tokenmeter.domain.run;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.RunSums;

/**
 * What a run has added to its workflow's statistics by the time it last closed, so that a run that
 * reopens adds the difference only.
 *
 * @param workflow the workflow it counts for; empty where no step names one
 * @param minute the minute it counts in, minutes since the epoch: that of its earliest step when it
 *     first closed
 * @param successful whether its outcome was a success
 * @param steps its steps
 * @param retries steps that repeat an earlier attempt
 * @param cost its cost
 * @param retryCost cost of its retries
 */
public record CountedRun(
    String workflow,
    long minute,
    boolean successful,
    long steps,
    long retries,
    Money cost,
    Money retryCost) {

  /** Adds this run to the sums of its workflow and minute. */
  public void addTo(RunSums sums) {
    add(sums, 1, cost, retryCost);
  }

  /** Takes away what {@link #addTo} added. */
  public void takeFrom(RunSums sums) {
    add(sums, -1, cost.negate(), retryCost.negate());
  }

  private void add(RunSums sums, int sign, Money addedCost, Money addedRetryCost) {
    sums.runs += sign;
    sums.successes += successful ? sign : 0;
    sums.steps += sign * steps;
    sums.retries += sign * retries;
    sums.cost().add(addedCost);
    sums.retryCost().add(addedRetryCost);
    sums.addCostOfRun(cost, sign);
  }

  void encode(StateWriter out) {
    out.text(workflow).number(minute).flag(successful).number(steps).number(retries);
    out.number(cost.hi()).number(cost.lo()).number(retryCost.hi()).number(retryCost.lo());
  }

  static CountedRun decode(StateReader in) {
    return new CountedRun(
        in.requiredText(),
        in.number(),
        in.flag(),
        in.number(),
        in.number(),
        Money.of(in.number(), in.number()),
        Money.of(in.number(), in.number()));
  }
}

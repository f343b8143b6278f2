package io.tokenmeter.domain.rollup;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;

/**
 * What the closed runs of a workflow add up to, or the difference that is to be added to it.
 *
 * <p>A run that reopens and closes again takes away what it had added, and adds what it is now; the
 * distribution of costs allows that too, because bins are counts. Only the dearest run cannot be
 * taken away, and need not be: what a run costs only grows.
 */
public final class RunSums {
  /** The least that the distribution tells apart, USD: a pico-dollar. Free runs count as that. */
  private static final double LEAST_USD = 1e-12;

  /** Runs. */
  public long runs;

  /** Runs whose outcome is a success. */
  public long successes;

  /** Billed steps of the runs. */
  public long steps;

  /** Steps that repeat an earlier attempt. */
  public long retries;

  private final MoneySum cost = new MoneySum();
  private final MoneySum retryCost = new MoneySum();
  private final QuantileSketch costs = new QuantileSketch();
  private Money dearest = Money.ZERO;

  /** Cost of the runs. */
  public MoneySum cost() {
    return cost;
  }

  /** Cost of the retries. */
  public MoneySum retryCost() {
    return retryCost;
  }

  /** The distribution of the runs' costs, USD. */
  public QuantileSketch costs() {
    return costs;
  }

  /** Cost of the dearest run. */
  public Money dearest() {
    return dearest;
  }

  /** Considers the cost of a run for the dearest. */
  public void dearest(Money runCost) {
    dearest = runCost.compareTo(dearest) > 0 ? runCost : dearest;
  }

  /**
   * Adds a run's cost to the distribution, or takes it away.
   *
   * @param count 1 or -1
   */
  public void addCostOfRun(Money runCost, int count) {
    double usd = Math.max(runCost.toBigDecimal().doubleValue(), LEAST_USD);
    costs.add(QuantileSketch.binOf(usd), count);
  }

  /** Adds all of another's sums. */
  public void add(RunSums other) {
    runs += other.runs;
    successes += other.successes;
    steps += other.steps;
    retries += other.retries;
    cost.add(other.cost);
    retryCost.add(other.retryCost);
    costs.add(other.costs);
    dearest(other.dearest);
  }
}

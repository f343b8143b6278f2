package io.tokenmeter.domain.rollup;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;

/**
 * What the closed runs of a workflow add up to, or the difference that is to be added to it.
 *
 * <p>A run that reopens and closes again takes away what it had added, and adds what it is now; the
 * distribution of costs allows that too, because bins are counts. The cost of the dearest run is
 * exact up to a bound, see {@link DearestCosts}.
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
  private final DearestCosts dearest = new DearestCosts();

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

  /** The costs of the dearest runs. */
  public DearestCosts dearest() {
    return dearest;
  }

  /**
   * Adds a run's cost to the distribution and the dearest, or takes it away.
   *
   * @param count 1 or -1
   */
  public void addCostOfRun(Money runCost, int count) {
    double usd = Math.max(runCost.toBigDecimal().doubleValue(), LEAST_USD);
    costs.add(QuantileSketch.binOf(usd), count);
    if (count > 0) {
      dearest.add(runCost);
    } else {
      dearest.take(runCost);
    }
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
    dearest.add(other.dearest);
  }
}

package io.tokenmeter.domain.run;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;

/** Totals of some steps of a run: of all, or of those with one model, name or agent. */
public final class StepTotals {
  private long steps;
  private long errors;
  private long retries;
  private long unpricedSteps;
  private long fallbackSteps;
  private long inputTokens;
  private long cacheReadTokens;
  private long cacheWriteTokens;
  private long outputTokens;
  private long reasoningTokens;
  private long latencyMillis;
  private final MoneySum cost = new MoneySum();
  private final MoneySum retryCost = new MoneySum();

  StepTotals() {}

  void add(RunStep step) {
    CountedStep before = step.counted();
    if (before == null) {
      count(step);
    } else {
      takeBack(before, step.retry());
    }
    unpricedSteps += step.unpriced() ? 1 : 0;
    fallbackSteps += step.fallback() ? 1 : 0;
    cost.add(step.costHigh(), step.costLow());
    if (step.retry()) {
      retryCost.add(step.costHigh(), step.costLow());
    }
  }

  private void takeBack(CountedStep before, boolean retry) {
    unpricedSteps -= before.unpriced() ? 1 : 0;
    fallbackSteps -= before.fallback() ? 1 : 0;
    cost.add(before.cost().negate());
    if (retry) {
      retryCost.add(before.cost().negate());
    }
  }

  private void count(RunStep step) {
    steps++;
    errors += step.failed() ? 1 : 0;
    retries += step.retry() ? 1 : 0;
    inputTokens += step.inputTokens();
    cacheReadTokens += step.cacheReadTokens();
    cacheWriteTokens += step.cacheWriteTokens();
    outputTokens += step.outputTokens();
    reasoningTokens += step.reasoningTokens();
    latencyMillis += Math.max(step.latencyMillis(), 0);
  }

  /** Billed steps; each attempt is one. */
  public long steps() {
    return steps;
  }

  /** Steps that ended in an error or were aborted. */
  public long errors() {
    return errors;
  }

  /** Steps that repeat an earlier attempt. */
  public long retries() {
    return retries;
  }

  /** Steps without a price so far. */
  public long unpricedSteps() {
    return unpricedSteps;
  }

  /** Steps priced by a fallback. */
  public long fallbackSteps() {
    return fallbackSteps;
  }

  /** Input tokens, cache reads and writes included. */
  public long inputTokens() {
    return inputTokens;
  }

  /** Cache reads, tokens. */
  public long cacheReadTokens() {
    return cacheReadTokens;
  }

  /** Cache writes, tokens. */
  public long cacheWriteTokens() {
    return cacheWriteTokens;
  }

  /** Output tokens, reasoning included. */
  public long outputTokens() {
    return outputTokens;
  }

  /** Reasoning tokens. */
  public long reasoningTokens() {
    return reasoningTokens;
  }

  /** Sum of the latencies that were reported, milliseconds. */
  public long latencyMillis() {
    return latencyMillis;
  }

  /** Cost of all priced steps. */
  public Money cost() {
    return cost.toMoney();
  }

  /** Compares the costs of all priced steps. */
  int compareCost(StepTotals other) {
    return cost.compareTo(other.cost);
  }

  /** Cost of the steps that repeat an earlier attempt. */
  public Money retryCost() {
    return retryCost.toMoney();
  }

  void encode(StateWriter out) {
    out.number(steps).number(errors).number(retries).number(unpricedSteps).number(fallbackSteps);
    out.number(inputTokens).number(cacheReadTokens).number(cacheWriteTokens);
    out.number(outputTokens).number(reasoningTokens).number(latencyMillis);
    out.number(cost.hi()).number(cost.lo()).number(retryCost.hi()).number(retryCost.lo());
  }

  static StepTotals decode(StateReader in) {
    StepTotals totals = new StepTotals();
    totals.steps = in.number();
    totals.errors = in.number();
    totals.retries = in.number();
    totals.unpricedSteps = in.number();
    totals.fallbackSteps = in.number();
    totals.inputTokens = in.number();
    totals.cacheReadTokens = in.number();
    totals.cacheWriteTokens = in.number();
    totals.outputTokens = in.number();
    totals.reasoningTokens = in.number();
    totals.latencyMillis = in.number();
    totals.cost.set(in.number(), in.number());
    totals.retryCost.set(in.number(), in.number());
    return totals;
  }
}

package io.tokenmeter.cli.totals;

import io.tokenmeter.schemas.CostRole;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.PricingStatus;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Events added up. */
public final class UsageTotals {

  private long events;
  private long requests;
  private long unpriced;
  private long inputTokens;
  private long outputTokens;
  private BigDecimal costUsd = BigDecimal.ZERO;

  /** Adds an event once; absent counts and an absent cost add nothing. */
  public void add(CostedUsage usage) {
    events++;
    requests += usage.getCostRole() == CostRole.LEAF ? 1 : 0;
    unpriced += usage.getPricingStatus() == PricingStatus.UNPRICED ? 1 : 0;
    inputTokens += orZero(usage.getInputTokens());
    outputTokens += orZero(usage.getOutputTokens());
    addCost(usage.getCostUsd());
  }

  /** Takes note that an event that was added is priced differently since. */
  public void correct(@Nullable BigDecimal costBefore, boolean wasUnpriced, CostedUsage usage) {
    unpriced -= wasUnpriced ? 1 : 0;
    unpriced += usage.getPricingStatus() == PricingStatus.UNPRICED ? 1 : 0;
    addCost(costBefore == null ? null : costBefore.negate());
    addCost(usage.getCostUsd());
  }

  private void addCost(@Nullable BigDecimal cost) {
    if (cost != null) {
      costUsd = costUsd.add(cost);
    }
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  public long events() {
    return events;
  }

  /** Events that stand for a request; the others are spans, which carry no cost. */
  public long requests() {
    return requests;
  }

  /** Events without a price; their cost is not in the total. */
  public long unpriced() {
    return unpriced;
  }

  public long inputTokens() {
    return inputTokens;
  }

  public long outputTokens() {
    return outputTokens;
  }

  /** The exact sum, USD. */
  public BigDecimal costUsd() {
    return costUsd;
  }
}

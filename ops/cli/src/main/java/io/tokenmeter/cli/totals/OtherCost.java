package io.tokenmeter.cli.totals;

import io.tokenmeter.schemas.CostedUsage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What other events cost that share a window with those looked at, each at its latest revision. */
public final class OtherCost {

  private final Map<String, BigDecimal> byId = new HashMap<>();
  private BigDecimal sum = BigDecimal.ZERO;

  /** Takes a record in; a later one of the same event replaces an earlier one. */
  public void add(CostedUsage usage) {
    @Nullable BigDecimal cost = usage.getCostUsd();
    BigDecimal now = cost == null ? BigDecimal.ZERO : cost;
    BigDecimal before = byId.put(usage.getEventId(), now);
    sum = sum.add(now).subtract(before == null ? BigDecimal.ZERO : before);
  }

  /** The sum, USD. */
  public BigDecimal costUsd() {
    return sum;
  }
}

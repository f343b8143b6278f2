package io.tokenmeter.streams.spike;

import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.domain.spike.SpikePolicy;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.streams.usage.MeteredEvent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events away from the spike detector that no policy could call a spike: almost all of them,
 * at the price of a comparison or two. One instance belongs to one task.
 */
public final class SpikeGate {
  private static final CostKind[] KINDS = CostKind.values();

  private final @Nullable Supplier<DetectorPolicies> policies;
  private final MoneySum total = new MoneySum();
  private long version = Long.MIN_VALUE;
  private Money lowestLimit = Money.ZERO;
  private boolean hasLimit;
  private long fewestTokens = Long.MAX_VALUE;

  /** A gate for the given policies; one for none never lets anything pass. */
  public SpikeGate(@Nullable Supplier<DetectorPolicies> policies) {
    this.policies = policies;
  }

  /** Whether an event may be a spike by any policy. */
  public boolean mayPass(MeteredEvent event) {
    if (policies == null) {
      return false;
    }
    DetectorPolicies now = policies.get();
    if (now.version() != version) {
      learn(now);
    }
    return (hasLimit && isDear(event.cost()))
        || (event.maxOutputTokens() > 0
            && event.quantities().has(Unit.OUTPUT)
            && event.quantities().get(Unit.OUTPUT) >= fewestTokens);
  }

  private boolean isDear(Cost cost) {
    total.clear();
    for (CostKind kind : KINDS) {
      total.add(cost.sumOf(kind));
    }
    return total.hi() != lowestLimit.hi()
        ? total.hi() > lowestLimit.hi()
        : Long.compareUnsigned(total.lo(), lowestLimit.lo()) > 0;
  }

  private void learn(DetectorPolicies now) {
    version = now.version();
    hasLimit = false;
    fewestTokens = Long.MAX_VALUE;
    for (SpikePolicy policy : now.all(PolicyDefinitions.REQUEST_SPIKE)) {
      if (!policy.enabled()) {
        continue;
      }
      boolean limits = policy.limit().signum() > 0;
      if (limits && (!hasLimit || policy.limit().compareTo(lowestLimit) < 0)) {
        lowestLimit = policy.limit();
        hasLimit = true;
      }
      if (policy.outputPercent() > 0) {
        fewestTokens = Math.min(fewestTokens, policy.minimumOutputTokens());
      }
    }
  }
}

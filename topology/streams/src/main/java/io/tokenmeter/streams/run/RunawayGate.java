package io.tokenmeter.streams.run;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.policy.DetectorPolicies;
import io.tokenmeter.domain.policy.PolicyDefinitions;
import io.tokenmeter.domain.run.RunState;
import io.tokenmeter.domain.run.RunawayPolicy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps runs away from the runaway detector that are within the lowest limits of all policies:
 * almost all of them, at the price of two comparisons. One instance belongs to one task.
 */
final class RunawayGate {
  private final @Nullable Supplier<DetectorPolicies> policies;
  private long version = Long.MIN_VALUE;
  private long fewestSteps = Long.MAX_VALUE;

  /** Null where no policy limits cost. */
  private @Nullable Money lowestCost;

  /** A gate for the given policies; one for none never lets anything pass. */
  RunawayGate(@Nullable Supplier<DetectorPolicies> policies) {
    this.policies = policies;
  }

  /** Whether a run may be a runaway by any policy. */
  boolean mayPass(RunState run) {
    if (policies == null) {
      return false;
    }
    DetectorPolicies now = policies.get();
    if (now.version() != version) {
      learn(now);
    }
    Money limit = lowestCost;
    return run.totals().steps() > fewestSteps
        || (limit != null && run.totals().cost().compareTo(limit) > 0);
  }

  private void learn(DetectorPolicies now) {
    version = now.version();
    fewestSteps = Long.MAX_VALUE;
    lowestCost = null;
    for (RunawayPolicy policy : now.all(PolicyDefinitions.RUNAWAY_WORKFLOW)) {
      if (policy.enabled()) {
        limit(policy.steps());
        limit(policy.identicalSteps());
        limit(policy.cost());
        limit(policy.costPerMinute());
      }
    }
  }

  private void limit(long steps) {
    if (steps > 0) {
      fewestSteps = Math.min(fewestSteps, steps);
    }
  }

  private void limit(Money cost) {
    if (cost.signum() > 0 && (lowestCost == null || cost.compareTo(lowestCost) < 0)) {
      lowestCost = cost;
    }
  }
}

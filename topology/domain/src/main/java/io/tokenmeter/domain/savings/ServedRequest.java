package io.tokenmeter.domain.savings;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.BillableEvent;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageQuantities;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was served and priced.
 *
 * @param provider who billed it
 * @param model the model
 * @param tier service tier; null for standard
 * @param region region, or null
 * @param project project, or null
 * @param team team, or null
 * @param atMicros when, microseconds since the epoch
 * @param group who made it, by which savings are shown, such as {@code workflow:research}
 * @param task what it did, the same for all models that do it: its step's name, else its workflow;
 *     null where neither is known
 * @param ok whether it succeeded
 * @param mayWait whether it may be served in batches, by the user's rule
 * @param tokens counts by unit; absent ones were not reported
 * @param extras flat quantities, millionths by name
 * @param maxOutput cap on output tokens, or null
 * @param cost what it cost
 */
public record ServedRequest(
    String provider,
    String model,
    @Nullable String tier,
    @Nullable String region,
    @Nullable String project,
    @Nullable String team,
    long atMicros,
    String group,
    @Nullable String task,
    boolean ok,
    boolean mayWait,
    Map<Unit, Long> tokens,
    Map<String, Long> extras,
    @Nullable Long maxOutput,
    Money cost) {

  /** Tokens of a unit; 0 where it was not reported. */
  public long tokens(Unit unit) {
    return tokens.getOrDefault(unit, 0L);
  }

  /** Whether it was served at the standard tier. */
  public boolean isStandard() {
    return tier == null || tier.equals(UnitPrice.STANDARD) || tier.equals("default");
  }

  /** Whether its output ended at its cap. */
  boolean isAtCap() {
    return maxOutput != null && maxOutput > 0 && tokens(Unit.OUTPUT) >= maxOutput;
  }

  /** The request as an event with these quantities. */
  BillableEvent event(UsageQuantities quantities) {
    return new BillableEvent(
        provider, model, tier, region, project, team, atMicros, CostRole.LEAF, quantities);
  }

  /** Its own quantities, as a copy to be changed. */
  UsageQuantities quantities() {
    UsageQuantities quantities = new UsageQuantities();
    tokens.forEach(quantities::set);
    extras.forEach(quantities::setExtra);
    return quantities;
  }
}

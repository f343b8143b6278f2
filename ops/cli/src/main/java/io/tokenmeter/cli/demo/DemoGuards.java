package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.cluster.TableTopic;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.budget.Budget;
import io.tokenmeter.domain.budget.BudgetPeriod;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.policy.Policy;
import io.tokenmeter.domain.policy.SubjectPattern;
import io.tokenmeter.schemas.DetectorPolicy;
import io.tokenmeter.streams.budget.BudgetRecords;
import io.tokenmeter.streams.policy.PolicyRecords;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The budget and the policies of the demo's company, so tight that a minute exceeds them. */
final class DemoGuards {
  /** Steps that a run of the reviewing agent may have; honest ones have eight at most. */
  static final int MOST_STEPS = 30;

  /** What the platform team costs, dollars an event of all traffic, as measured. */
  private static final BigDecimal PLATFORM_PER_EVENT = new BigDecimal("0.0024");

  /** The share of the demo's time after which the limit is reached. */
  private static final BigDecimal LIMIT_REACHED_AT = new BigDecimal("0.75");

  private static final Duration WITHOUT_END = Duration.ofMinutes(1);

  private DemoGuards() {}

  static void publish(Map<String, String> settings, int rate, @Nullable Duration duration) {
    Budget budget = budget(rate, duration == null ? WITHOUT_END : duration);
    new TableTopic<>(settings, "budgets", (key, record) -> record)
        .put(Map.of(BudgetRecords.key(budget), BudgetRecords.toRecord(budget)));
    Map<String, DetectorPolicy> policies = new LinkedHashMap<>();
    for (Policy<?> policy : policies()) {
      policies.put(PolicyRecords.key(policy), PolicyRecords.toRecord(policy));
    }
    new TableTopic<>(settings, "detector-policies", (key, record) -> record).put(policies);
  }

  /** What learns from days of history has nothing to say of a company that is a minute old. */
  private static List<Policy<?>> policies() {
    return List.of(
        Policy.of(
            "runaway-workflow",
            SubjectPattern.parse("workflow:" + DemoFaults.RUNAWAY_WORKFLOW),
            true,
            Map.of("limit.steps", String.valueOf(MOST_STEPS))),
        Policy.of("anomaly", SubjectPattern.ALL, false, Map.of()),
        Policy.of("model-drift", SubjectPattern.ALL, false, Map.of()),
        Policy.of("ingest-silence", SubjectPattern.ALL, false, Map.of()));
  }

  private static Budget budget(int rate, Duration duration) {
    BigDecimal limit =
        PLATFORM_PER_EVENT
            .multiply(BigDecimal.valueOf(rate))
            .multiply(BigDecimal.valueOf(duration.toMillis(), 3))
            .multiply(LIMIT_REACHED_AT)
            .setScale(2, RoundingMode.UP);
    return new Budget(
        "platform-daily",
        new Subject("team", "platform"),
        BudgetPeriod.DAY,
        Money.of(limit),
        ZoneOffset.UTC,
        Budget.THRESHOLDS,
        "platform-lead@example.com");
  }
}

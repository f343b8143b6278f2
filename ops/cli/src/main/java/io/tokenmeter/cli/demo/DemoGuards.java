package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.cluster.TableTopic;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.budget.Budget;
import io.tokenmeter.domain.budget.BudgetPeriod;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.policy.Policy;
import io.tokenmeter.domain.policy.SubjectPattern;
import io.tokenmeter.streams.budget.BudgetRecords;
import io.tokenmeter.streams.policy.PolicyRecords;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** A budget and a policy of the demo's company, so tight that an hour exceeds them. */
final class DemoGuards {
  /** Steps that a run of the reviewing agent may have; honest ones have a dozen at most. */
  static final int MOST_STEPS = 30;

  /** What the platform team spends in an hour of the afternoon, dollars. */
  private static final BigDecimal PLATFORM_PER_HOUR = new BigDecimal("1.05");

  /** Thresholds come in their order within the hour. */
  private static final BigDecimal LIMIT_IN_HOURS = new BigDecimal("0.75");

  private DemoGuards() {}

  /**
   * Publishes them.
   *
   * @param live when what is watched begins
   * @param size how many times its usual number of runs the company has
   */
  static void publish(Map<String, String> settings, Instant live, double size) {
    Budget budget = budget(live, size);
    new TableTopic<>(settings, "budgets", (key, record) -> record)
        .put(Map.of(BudgetRecords.key(budget), BudgetRecords.toRecord(budget)));
    Policy<?> policy =
        Policy.of(
            "runaway-workflow",
            SubjectPattern.parse("workflow:" + Company.REVIEW),
            true,
            Map.of("limit.steps", String.valueOf(MOST_STEPS)));
    new TableTopic<>(settings, "detector-policies", (key, record) -> record)
        .put(Map.of(PolicyRecords.key(policy), PolicyRecords.toRecord(policy)));
  }

  private static Budget budget(Instant live, double size) {
    BigDecimal limit =
        PLATFORM_PER_HOUR
            .multiply(BigDecimal.valueOf(size))
            .multiply(LIMIT_IN_HOURS)
            .setScale(2, RoundingMode.UP);
    return new Budget(
        "platform-daily",
        new Subject("team", "platform"),
        BudgetPeriod.DAY,
        Money.of(limit),
        midnightBefore(live),
        Budget.THRESHOLDS,
        "platform-lead@example.com");
  }

  /** The zone in which a day begins in the hour of a time, so that little of it is over. */
  private static ZoneOffset midnightBefore(Instant time) {
    int hour = time.atOffset(ZoneOffset.UTC).getHour();
    return ZoneOffset.ofHours(hour <= 12 ? -hour : 24 - hour);
  }
}

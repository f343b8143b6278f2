package io.tokenmeter.domain.policy;

import static io.tokenmeter.domain.policy.SettingType.dollars;
import static io.tokenmeter.domain.policy.SettingType.whole;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.run.RunawayPolicy;
import java.util.List;

/** The settings of detector runaway-workflow. */
final class RunawaySettings {
  private static final RunawayPolicy DEFAULT = RunawayPolicy.DEFAULT;

  private static final Setting<Long> STEPS =
      new Setting<>(
          "limit.steps",
          whole(0, 1_000_000_000),
          DEFAULT.steps(),
          "Steps that one run may have. 0: no limit.");
  private static final Setting<Money> COST =
      new Setting<>("limit.usd", dollars(), DEFAULT.cost(), "What one run may cost. 0: no limit.");
  private static final Setting<Money> COST_PER_MINUTE =
      new Setting<>(
          "limit.usd.per.minute",
          dollars(),
          DEFAULT.costPerMinute(),
          "What one run may cost in one minute of the clock. 0: no limit.");
  private static final Setting<Long> IDENTICAL_STEPS =
      new Setting<>(
          "limit.identical.steps",
          whole(0, 1_000_000_000),
          DEFAULT.identicalSteps(),
          "How often one run may repeat a step of the same name, agent, model and number of input"
              + " tokens. 0: no limit.");
  private static final SeveritySettings SEVERITY =
      SeveritySettings.of(DEFAULT.warning(), DEFAULT.critical());

  static final PolicyDefinition<RunawayPolicy> DEFINITION =
      new PolicyDefinition<>(
          Detector.RUNAWAY_WORKFLOW,
          List.of(STEPS, COST, COST_PER_MINUTE, IDENTICAL_STEPS),
          SEVERITY,
          values ->
              new RunawayPolicy(
                  values.enabled(),
                  values.get(STEPS),
                  values.get(COST),
                  values.get(COST_PER_MINUTE),
                  values.get(IDENTICAL_STEPS),
                  values.get(SEVERITY.warning()),
                  values.get(SEVERITY.critical())));

  private RunawaySettings() {}
}

package io.tokenmeter.domain.policy;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.budget.BudgetPolicy;
import java.util.List;

/** The settings of detector budget; the limits themselves are in the budgets. */
final class BudgetSettings {
  private static final BudgetPolicy DEFAULT = BudgetPolicy.DEFAULT;

  private static final Setting<Boolean> FORECAST =
      new Setting<>(
          "forecast",
          SettingType.flag(),
          DEFAULT.forecast(),
          "Whether it is reported that a limit is going to be crossed before its period ends.");
  private static final SeveritySettings SEVERITY =
      SeveritySettings.of(DEFAULT.warning(), DEFAULT.critical());

  static final PolicyDefinition<BudgetPolicy> DEFINITION =
      new PolicyDefinition<>(
          Detector.BUDGET,
          List.of(FORECAST),
          SEVERITY,
          values ->
              new BudgetPolicy(
                  values.enabled(),
                  values.get(FORECAST),
                  values.get(SEVERITY.warning()),
                  values.get(SEVERITY.critical())));

  private BudgetSettings() {}
}

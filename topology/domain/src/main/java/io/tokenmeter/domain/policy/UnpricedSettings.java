package io.tokenmeter.domain.policy;

import static io.tokenmeter.domain.policy.SettingType.whole;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.unpriced.UnpricedPolicy;
import java.util.List;

/** The settings of detector unpriced-model. */
final class UnpricedSettings {
  private static final UnpricedPolicy DEFAULT = UnpricedPolicy.DEFAULT;

  private static final Setting<Long> MINIMUM_REQUESTS =
      new Setting<>(
          "minimum.requests",
          whole(1, 1_000_000),
          DEFAULT.minimumRequests(),
          "How many requests without a price there must be.");
  private static final SeveritySettings SEVERITY =
      SeveritySettings.of(DEFAULT.warning(), DEFAULT.critical());

  static final PolicyDefinition<UnpricedPolicy> DEFINITION =
      new PolicyDefinition<>(
          Detector.UNPRICED_MODEL,
          List.of(MINIMUM_REQUESTS),
          SEVERITY,
          values ->
              new UnpricedPolicy(
                  values.enabled(),
                  values.get(MINIMUM_REQUESTS),
                  values.get(SEVERITY.warning()),
                  values.get(SEVERITY.critical())));

  private UnpricedSettings() {}
}

package io.tokenmeter.domain.policy;

import static io.tokenmeter.domain.policy.SettingType.duration;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.stale.StalePolicy;
import java.time.Duration;
import java.util.List;

/** The settings of detector stale-prices. */
final class StaleSettings {
  private static final StalePolicy DEFAULT = StalePolicy.DEFAULT;

  private static final Setting<Duration> MAXIMUM_AGE =
      new Setting<>(
          "maximum.age",
          duration(Duration.ofDays(1), Duration.ofDays(3650)),
          DEFAULT.maximumAge(),
          "How long ago a price that is used may have been published.");
  private static final SeveritySettings SEVERITY =
      SeveritySettings.of(DEFAULT.warning(), DEFAULT.critical());

  static final PolicyDefinition<StalePolicy> DEFINITION =
      new PolicyDefinition<>(
          Detector.STALE_PRICES,
          List.of(MAXIMUM_AGE),
          SEVERITY,
          values ->
              new StalePolicy(
                  values.enabled(),
                  values.get(MAXIMUM_AGE),
                  values.get(SEVERITY.warning()),
                  values.get(SEVERITY.critical())));

  private StaleSettings() {}
}

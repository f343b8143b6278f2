package io.tokenmeter.domain.policy;

import static io.tokenmeter.domain.policy.SettingType.dollars;
import static io.tokenmeter.domain.policy.SettingType.duration;
import static io.tokenmeter.domain.policy.SettingType.whole;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.spike.SpikePolicy;
import java.time.Duration;
import java.util.List;

/** The settings of detector request-spike. */
final class SpikeSettings {
  private static final SpikePolicy DEFAULT = SpikePolicy.DEFAULT;

  private static final Setting<Money> LIMIT =
      new Setting<>(
          "limit.usd",
          dollars(),
          DEFAULT.limit(),
          "A request that costs more is reported. 0: no limit.");
  private static final Setting<Long> OUTPUT_PERCENT =
      new Setting<>(
          "output.cap.percent",
          whole(0, 100),
          (long) DEFAULT.outputPercent(),
          "A request whose output is at least this share of its max_output_tokens is reported,"
              + " percent. 0: not watched.");
  private static final Setting<Long> MINIMUM_OUTPUT =
      new Setting<>(
          "minimum.output.tokens",
          whole(0, 1_000_000_000),
          DEFAULT.minimumOutputTokens(),
          "Outputs of fewer tokens are not held against their cap.");
  private static final Setting<Duration> QUIET =
      new Setting<>(
          "quiet",
          duration(Duration.ofMinutes(1), Duration.ofDays(1)),
          DEFAULT.quiet(),
          "How long no further such request must come for the alert to end.");
  private static final SeveritySettings SEVERITY =
      SeveritySettings.of(DEFAULT.warning(), DEFAULT.critical());

  static final PolicyDefinition<SpikePolicy> DEFINITION =
      new PolicyDefinition<>(
          Detector.REQUEST_SPIKE,
          List.of(LIMIT, OUTPUT_PERCENT, MINIMUM_OUTPUT, QUIET),
          SEVERITY,
          values ->
              new SpikePolicy(
                  values.enabled(),
                  values.get(LIMIT),
                  Math.toIntExact(values.get(OUTPUT_PERCENT)),
                  values.get(MINIMUM_OUTPUT),
                  values.get(QUIET),
                  values.get(SEVERITY.warning()),
                  values.get(SEVERITY.critical())));

  private SpikeSettings() {}
}

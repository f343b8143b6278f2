package io.tokenmeter.domain.policy;

import static io.tokenmeter.domain.policy.SettingType.duration;
import static io.tokenmeter.domain.policy.SettingType.number;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.silence.SilencePolicy;
import java.time.Duration;
import java.util.List;

/** The settings of detector ingest-silence. */
final class SilenceSettings {
  private static final SilencePolicy DEFAULT = SilencePolicy.DEFAULT;

  private static final Setting<Duration> MINIMUM_SILENCE =
      new Setting<>(
          "minimum.silence",
          duration(Duration.ofMinutes(1), Duration.ofDays(30)),
          DEFAULT.minimumSilence(),
          "The shortest silence that is reported.");
  private static final Setting<Double> GAP_FACTOR =
      new Setting<>(
          "gap.factor",
          number(1, true, 1000),
          DEFAULT.gapFactor(),
          "How many times its longest usual gap a subject must be silent.");
  private static final Setting<Duration> LEARNING =
      new Setting<>(
          "learning",
          duration(Duration.ofMinutes(1), Duration.ofDays(30)),
          DEFAULT.learning(),
          "How long a subject must have been seen before its silence is judged.");
  private static final SeveritySettings SEVERITY =
      SeveritySettings.of(DEFAULT.warning(), DEFAULT.critical());

  static final PolicyDefinition<SilencePolicy> DEFINITION =
      new PolicyDefinition<>(
          Detector.INGEST_SILENCE,
          List.of(MINIMUM_SILENCE, GAP_FACTOR, LEARNING),
          SEVERITY,
          values ->
              new SilencePolicy(
                  values.enabled(),
                  values.get(MINIMUM_SILENCE),
                  values.get(GAP_FACTOR),
                  values.get(LEARNING),
                  values.get(SEVERITY.warning()),
                  values.get(SEVERITY.critical())));

  private SilenceSettings() {}
}

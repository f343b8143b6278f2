package io.tokenmeter.domain.policy;

import static io.tokenmeter.domain.policy.SettingType.dollars;
import static io.tokenmeter.domain.policy.SettingType.duration;
import static io.tokenmeter.domain.policy.SettingType.number;
import static io.tokenmeter.domain.policy.SettingType.whole;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.drift.DriftPolicy;
import io.tokenmeter.domain.money.Money;
import java.time.Duration;
import java.util.List;

/** The settings of detector model-drift. */
final class DriftSettings {
  private static final DriftPolicy DEFAULT = DriftPolicy.DEFAULT;

  private static final Setting<Double> PSI =
      new Setting<>(
          "psi",
          number(0, false, 100),
          DEFAULT.psi(),
          "Population stability index from which a mix of models has changed.");
  private static final Setting<Double> JSD =
      new Setting<>(
          "jsd",
          number(0, true, 1),
          DEFAULT.jsd(),
          "Jensen-Shannon distance from which a mix of models has changed.");
  private static final Setting<Long> MINIMUM_REQUESTS =
      new Setting<>(
          "minimum.requests",
          whole(1, 1_000_000),
          DEFAULT.minimumRequests(),
          "Requests that a recent window must hold to be judged.");
  private static final Setting<Duration> PERSISTENCE =
      new Setting<>(
          "persistence",
          duration(Duration.ZERO, Duration.ofDays(1)),
          DEFAULT.persistence(),
          "How long the change must last before it is reported; one to cheaper models 15 times as"
              + " long.");
  private static final Setting<Duration> LEARNING =
      new Setting<>(
          "learning",
          duration(Duration.ofMinutes(1), Duration.ofDays(30)),
          DEFAULT.learning(),
          "How long a subject must have been seen before it is judged.");
  private static final Setting<Duration> ADOPTION =
      new Setting<>(
          "adoption",
          duration(Duration.ofMinutes(1), Duration.ofDays(30)),
          DEFAULT.adoption(),
          "After how long a changed mix is taken for the usual one.");
  private static final Setting<Money> MINIMUM_STAKE =
      new Setting<>(
          "minimum.stake.usd",
          dollars(),
          DEFAULT.minimumStake(),
          "The least that a change must cost, or save, in a day to be reported.");
  private static final SeveritySettings SEVERITY =
      SeveritySettings.of(DEFAULT.warning(), DEFAULT.critical());

  static final PolicyDefinition<DriftPolicy> DEFINITION =
      new PolicyDefinition<>(
          Detector.MODEL_DRIFT,
          List.of(PSI, JSD, MINIMUM_REQUESTS, PERSISTENCE, LEARNING, ADOPTION, MINIMUM_STAKE),
          SEVERITY,
          values ->
              new DriftPolicy(
                  values.enabled(),
                  values.get(PSI),
                  values.get(JSD),
                  values.get(MINIMUM_REQUESTS),
                  values.get(PERSISTENCE),
                  values.get(LEARNING),
                  values.get(ADOPTION),
                  values.get(MINIMUM_STAKE),
                  values.get(SEVERITY.warning()),
                  values.get(SEVERITY.critical())));

  private DriftSettings() {}
}

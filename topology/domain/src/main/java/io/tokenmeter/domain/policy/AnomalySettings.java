package io.tokenmeter.domain.policy;

import static io.tokenmeter.domain.policy.SettingType.dollars;
import static io.tokenmeter.domain.policy.SettingType.duration;
import static io.tokenmeter.domain.policy.SettingType.number;
import static io.tokenmeter.domain.policy.SettingType.oneOf;
import static io.tokenmeter.domain.policy.SettingType.whole;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.anomaly.AnomalyPolicy;
import io.tokenmeter.domain.money.Money;
import java.time.Duration;
import java.util.List;

/** The settings of detector anomaly. */
final class AnomalySettings {
  private static final AnomalyPolicy DEFAULT = AnomalyPolicy.DEFAULT;

  private static final Setting<AnomalyPolicy.Rule> RULE =
      new Setting<>(
          "rule",
          oneOf(AnomalyPolicy.Rule.class),
          DEFAULT.rule(),
          "What decides: the robust seasonal baseline of seven days, or hours and days outside"
              + " mean ± 2 standard deviations of seven days.");
  private static final Setting<Double> FALSE_ALARMS =
      new Setting<>(
          "false.alarms.per.week",
          number(0, false, 100),
          DEFAULT.falseAlarms(),
          "Alarms by chance that are tolerated per subject and week; fewer asks for more evidence."
              + " Rule robust only.");
  private static final Setting<Double> MINIMUM_RATIO =
      new Setting<>(
          "minimum.ratio",
          number(1, false, 1000),
          DEFAULT.minimumRatio(),
          "How many times the usual spend is the least to report; a fall counts when less than"
              + " half is left. Rule robust only.");
  private static final Setting<Long> MINIMUM_REQUESTS =
      new Setting<>(
          "minimum.requests",
          whole(1, 1_000_000),
          (long) DEFAULT.minimumRequests(),
          "Requests that a window must have to be judged.");
  private static final Setting<Money> FLOOR =
      new Setting<>(
          "floor.usd",
          dollars(),
          DEFAULT.floor(),
          "Changes worth fewer dollars a day are not reported.");
  private static final Setting<Duration> PERSISTENCE =
      new Setting<>(
          "persistence",
          duration(Duration.ZERO, Duration.ofHours(1)),
          DEFAULT.persistence(),
          "How long spend must stay abnormal before it is reported.");
  private static final Setting<Duration> COOL_DOWN =
      new Setting<>(
          "cool.down",
          duration(Duration.ZERO, Duration.ofDays(7)),
          DEFAULT.coolDown(),
          "How long after the end of an alert the next one of its kind may begin.");
  private static final Setting<Duration> ACCEPT_AFTER =
      new Setting<>(
          "accept.after",
          duration(Duration.ofHours(1), Duration.ofDays(30)),
          DEFAULT.acceptAfter(),
          "How long a new level must last to become the usual one.");
  private static final SeveritySettings SEVERITY =
      SeveritySettings.of(DEFAULT.warning(), DEFAULT.critical());

  static final PolicyDefinition<AnomalyPolicy> DEFINITION =
      new PolicyDefinition<>(
          Detector.ANOMALY,
          List.of(
              RULE,
              FALSE_ALARMS,
              MINIMUM_RATIO,
              MINIMUM_REQUESTS,
              FLOOR,
              PERSISTENCE,
              COOL_DOWN,
              ACCEPT_AFTER),
          SEVERITY,
          values ->
              new AnomalyPolicy(
                  values.enabled(),
                  values.get(RULE),
                  values.get(FALSE_ALARMS),
                  values.get(MINIMUM_RATIO),
                  Math.toIntExact(values.get(MINIMUM_REQUESTS)),
                  values.get(FLOOR),
                  values.get(PERSISTENCE),
                  values.get(COOL_DOWN),
                  values.get(ACCEPT_AFTER),
                  values.get(SEVERITY.warning()),
                  values.get(SEVERITY.critical())));

  private AnomalySettings() {}
}

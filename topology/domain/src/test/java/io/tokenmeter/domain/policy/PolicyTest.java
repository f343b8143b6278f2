package io.tokenmeter.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.anomaly.AnomalyPolicy;
import io.tokenmeter.domain.budget.BudgetPolicy;
import io.tokenmeter.domain.drift.DriftPolicy;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.run.RunawayPolicy;
import io.tokenmeter.domain.silence.SilencePolicy;
import io.tokenmeter.domain.spike.SpikePolicy;
import io.tokenmeter.domain.stale.StalePolicy;
import io.tokenmeter.domain.unpriced.UnpricedPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final SubjectPattern TEAM = SubjectPattern.parse("team:research");

  @Test
  void policy_setsWhatItNamesAndLeavesTheRestAtTheDefault() {
    Policy<?> policy =
        anomaly(
            Map.of(
                "rule",
                "two-standard-deviations",
                "floor.usd",
                "12.50",
                "persistence",
                "2m30s",
                "severity.critical.usd",
                "1e3"));

    assertThat(policy.key()).isEqualTo("anomaly team:research");
    assertThat(policy.value())
        .isEqualTo(
            new AnomalyPolicy(
                true,
                AnomalyPolicy.Rule.TWO_STANDARD_DEVIATIONS,
                AnomalyPolicy.DEFAULT.falseAlarms(),
                AnomalyPolicy.DEFAULT.minimumRatio(),
                AnomalyPolicy.DEFAULT.minimumRequests(),
                Money.parse("12.5"),
                Duration.ofSeconds(150),
                AnomalyPolicy.DEFAULT.coolDown(),
                AnomalyPolicy.DEFAULT.acceptAfter(),
                AnomalyPolicy.DEFAULT.warning(),
                Money.parse("1000")));
  }

  @Test
  void unknownDetector_isNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> Policy.of("anomalies", TEAM, true, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown detector 'anomalies'; known are anomaly, budget, request-spike, model-drift,"
                + " runaway-workflow, unpriced-model, stale-prices, ingest-silence");
  }

  @Test
  void unknownSetting_isNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> Policy.of("budget", TEAM, true, Map.of("forcast", "true")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown setting 'forcast' of detector budget; known are forecast,"
                + " severity.warning.usd, severity.critical.usd");
  }

  @Test
  void badValues_areNamedWithWhatTheyMayBe() {
    assertThatThrownBy(() -> anomaly(Map.of("minimum.ratio", "1")))
        .hasMessage("minimum.ratio must be a number above 1 to 1000, not '1'");
    assertThatThrownBy(() -> anomaly(Map.of("minimum.ratio", "NaN")))
        .hasMessage("minimum.ratio must be a number above 1 to 1000, not 'NaN'");
    assertThatThrownBy(() -> anomaly(Map.of("minimum.requests", "2.5")))
        .hasMessage("minimum.requests must be a whole number from 1 to 1000000, not '2.5'");
    assertThatThrownBy(() -> anomaly(Map.of("floor.usd", "-1")))
        .hasMessage("floor.usd must be US dollars, 0 or more, not '-1'");
    assertThatThrownBy(() -> anomaly(Map.of("floor.usd", "0.0000000000001")))
        .hasMessage("floor.usd must be US dollars, 0 or more, not '0.0000000000001'");
    assertThatThrownBy(() -> anomaly(Map.of("persistence", "2 minutes")))
        .hasMessage(
            "persistence must be a time from 0s to 1h, such as 90s, 15m, 1h30m or 7d, not '2"
                + " minutes'");
    assertThatThrownBy(() -> anomaly(Map.of("persistence", "61m")))
        .hasMessageStartingWith("persistence must be a time from 0s to 1h");
    assertThatThrownBy(() -> anomaly(Map.of("rule", "ROBUST")))
        .hasMessage("rule must be robust or two-standard-deviations, not 'ROBUST'");
    assertThatThrownBy(() -> Policy.of("budget", TEAM, true, Map.of("forecast", "yes")))
        .hasMessage("forecast must be true or false, not 'yes'");
  }

  @Test
  void criticalBelowWarning_isRefusedForEveryDetector() {
    for (PolicyDefinition<?> definition : PolicyDefinitions.ALL) {
      assertThatThrownBy(
              () ->
                  Policy.of(
                      definition.detector().label(),
                      TEAM,
                      true,
                      Map.of("severity.warning.usd", "200")))
          .as(definition.detector().label())
          .hasMessageContaining("severity");
    }
    assertThatThrownBy(() -> anomaly(Map.of("severity.warning.usd", "200")))
        .hasMessage("severity.critical.usd must not be below severity.warning.usd, which is 200");
  }

  @Test
  void everyDetector_hasItsSettingsAndItsOwnDefaults() {
    assertThat(PolicyDefinitions.ALL)
        .extracting(PolicyDefinition::detector)
        .containsExactly(Detector.values());
    assertThat(PolicyDefinitions.ANOMALY.defaultPolicy()).isEqualTo(AnomalyPolicy.DEFAULT);
    assertThat(PolicyDefinitions.BUDGET.defaultPolicy()).isEqualTo(BudgetPolicy.DEFAULT);
    assertThat(PolicyDefinitions.REQUEST_SPIKE.defaultPolicy()).isEqualTo(SpikePolicy.DEFAULT);
    assertThat(PolicyDefinitions.MODEL_DRIFT.defaultPolicy()).isEqualTo(DriftPolicy.DEFAULT);
    assertThat(PolicyDefinitions.RUNAWAY_WORKFLOW.defaultPolicy()).isEqualTo(RunawayPolicy.DEFAULT);
    assertThat(PolicyDefinitions.UNPRICED_MODEL.defaultPolicy()).isEqualTo(UnpricedPolicy.DEFAULT);
    assertThat(PolicyDefinitions.STALE_PRICES.defaultPolicy()).isEqualTo(StalePolicy.DEFAULT);
    assertThat(PolicyDefinitions.INGEST_SILENCE.defaultPolicy()).isEqualTo(SilencePolicy.DEFAULT);
  }

  @Test
  void everySetting_writtenOutAtItsDefaultGivesTheDefaultPolicy() {
    for (PolicyDefinition<?> definition : PolicyDefinitions.ALL) {
      Map<String, String> all = new HashMap<>();
      Set<String> names = new HashSet<>();
      for (Setting<?> setting : definition.settings()) {
        all.put(setting.name(), setting.defaultText());
        assertThat(names.add(setting.name())).as(setting.name() + " stands once").isTrue();
        assertThat(setting.doc()).endsWith(".").doesNotContain("\n");
      }
      assertThat(Policy.of(definition.detector().label(), TEAM, true, all).value())
          .isEqualTo(definition.defaultPolicy());
    }
  }

  @Test
  void everySetting_reachesThePolicyItIsOf() {
    for (PolicyDefinition<?> definition : PolicyDefinitions.ALL) {
      for (Setting<?> setting : definition.settings()) {
        String other = other(setting);
        Policy<?> policy =
            Policy.of(definition.detector().label(), TEAM, true, Map.of(setting.name(), other));
        assertThat(policy.value())
            .as("%s %s=%s", definition.detector().label(), setting.name(), other)
            .isNotEqualTo(definition.defaultPolicy());
      }
      assertThat(Policy.of(definition.detector().label(), TEAM, false, Map.of()).value())
          .isNotEqualTo(definition.defaultPolicy());
    }
  }

  /** A value that is allowed everywhere and no default. */
  private static String other(Setting<?> setting) {
    Object value = setting.defaultValue();
    if (setting.name().equals("severity.critical.usd")) {
      return "777";
    }
    if (value instanceof Money) {
      return "7.77";
    }
    if (value instanceof Duration) {
      return setting.defaultText().equals("1d")
          ? "25h"
          : setting.name().equals("maximum.age") ? "77d" : "7m";
    }
    if (value instanceof Boolean flag) {
      return String.valueOf(!flag);
    }
    if (value instanceof AnomalyPolicy.Rule) {
      return "two-standard-deviations";
    }
    return setting.name().equals("jsd") ? "0.77" : "77";
  }

  private static Policy<?> anomaly(Map<String, String> settings) {
    return Policy.of("anomaly", TEAM, true, settings);
  }
}

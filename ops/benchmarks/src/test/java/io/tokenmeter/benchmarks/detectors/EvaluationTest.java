package io.tokenmeter.benchmarks.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenmeter.benchmarks.detectors.spend.FaultType;
import io.tokenmeter.benchmarks.detectors.spend.ScenarioSize;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A small company, one seed: not the figures of the README, but a floor under them. All nine faults
 * are found with nine alerts; the floors allow for one of each more or less.
 */
class EvaluationTest {
  private static final ScenarioSize SMALL = new ScenarioSize(20, 9, 5, 1);

  @Test
  void detectors_onASmallCompany_findMostFaultsWithFewFalseAlertsAndBeatBothRules()
      throws Exception {
    List<String> progress = new ArrayList<>();
    EvaluationReport report = new Evaluation(SMALL, progress::add).run(Seeds.train(1));

    Scorecard ours = report.cards().get(Evaluation.TOKENMETER);
    Scorecard rule = report.cards().get(Evaluation.TWO_STANDARD_DEVIATIONS);
    Scorecard limit = report.cards().get(Evaluation.STATIC_THRESHOLD);
    assertThat(ours.recall()).isGreaterThan(0.88).isGreaterThan(rule.recall());
    assertThat(ours.precision()).isGreaterThan(0.88);
    assertThat(ours.falseAlertsPerSubjectWeek())
        .isLessThan(0.05)
        .isLessThan(rule.falseAlertsPerSubjectWeek());
    assertThat(ours.secondsToDetect(FaultType::isStep, 0.5))
        .isLessThanOrEqualTo(75)
        .isLessThan(rule.secondsToDetect(FaultType::isStep, 0.5));
    assertThat(ours.precision()).isGreaterThan(rule.precision()).isGreaterThan(limit.precision());
    assertThat(progress).hasSize(1);

    JsonNode json = new ObjectMapper().readTree(report.toJson());
    assertThat(json.at("/contenders/tokenmeter/recall").asDouble())
        .isBetween(ours.recall() - 1e-3, ours.recall() + 1e-3);
    assertThat(report.toText()).contains("runaway loop (1)").contains("mean ± 2 sd");
  }

  @Test
  void seedsToTrainAndToTestOn_differ() {
    assertThat(Seeds.train(1000)).doesNotContainAnyElementsOf(Seeds.test(1000));
  }
}

package io.tokenmeter.domain.alert;

import static io.tokenmeter.domain.alert.Joining.finding;
import static io.tokenmeter.domain.alert.Joining.foundAfter;
import static io.tokenmeter.domain.alert.Joining.up;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Driver.Kind;
import org.junit.jupiter.api.Test;

/** Which broader subjects show what narrower ones do, by time and dollars. */
class SharedStakeTest {
  private static final int HOUR = 3600;

  private final Joining joining = new Joining();

  @Test
  void projectThatBeganWithAKey_isExplainedByASmallPartOfItsStake() {
    joining.on(up("api_key:a", "4", 0), up("project:p", "100", 60)).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a + project:p");
  }

  @Test
  void projectThatBeganWithAKey_isNotExplainedByLess() {
    joining.on(up("api_key:a", "3", 0), up("project:p", "100", 60)).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "FIRING project:p");
  }

  @Test
  void projectThatBeganHoursAfterAKey_isExplainedByThreeTenthsOfItsStake() {
    joining.on(up("api_key:a", "30", 0)).after(20);
    joining.on(up("project:p", "100", 3 * HOUR)).after(100).on(up("team:t", "101", 3 * HOUR));
    joining.after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "FIRING team:t");
  }

  /** Half an hour shows the loop in the model; its first seconds showed a tenth in the key. */
  @Test
  void modelWhoseWindowHoldsTheKeysOnset_isExplainedByATenthOfItsStake() {
    joining.on(up("api_key:a", "10", 180)).after(20);
    joining.on(foundAfter(up("model:m", "100", 0), 1800)).after(100);
    joining.on(foundAfter(up("team:t", "101", 0), 1800)).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "FIRING team:t");
  }

  /** Six hours of slowly growing spend begin before the key that is a part of them. */
  @Test
  void projectDatedBackByItsWindow_isExplainedByAKeyThatBeganWithinIt() {
    joining.on(up("api_key:a", "60", 4 * HOUR)).after(20);
    joining.on(foundAfter(up("project:p", "100", 0), 6 * HOUR)).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  @Test
  void projectFoundAfterItsKeyEnded_isExplainedByIt() {
    Finding key = up("api_key:a", "100", 0);
    joining.on(key).after(600).end(key).after(60);
    Finding project = foundAfter(up("project:p", "90", 0), 700);
    joining.on(project).after(100).end(project).after(1000);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "RESOLVED api_key:a");
  }

  @Test
  void projectThatBeganAfterTheKeyEnded_isAnotherCause() {
    Finding key = up("api_key:a", "100", 0);
    joining.on(key).after(60).end(key).after(600).on(up("project:p", "90", 600)).after(100);
    assertThat(joining.told()).contains("FIRING project:p");
  }

  @Test
  void severalKeysThatGoOn_explainATeamTogether() {
    joining.on(up("api_key:a", "11", 0), up("api_key:b", "11", 600), up("api_key:c", "11", 900));
    joining.after(20).on(up("team:t", "100", HOUR)).after(100);
    assertThat(joining.told())
        .containsExactly("FIRING api_key:a", "FIRING api_key:b", "FIRING api_key:c");
  }

  @Test
  void teamOfTwoKeysInTwoProjects_isOneOfEither() {
    joining.on(up("api_key:a", "50", 0), up("project:p", "52", 0)).after(20);
    joining.on(up("project:q", "40", 600)).after(100);
    assertThat(joining.told())
        .as("a key has one project")
        .containsExactly("FIRING api_key:a + project:p", "FIRING project:q");
  }

  /** A workflow is often a small part of a key, or holds several. */
  @Test
  void workflowsOfAKey_joinItWhateverTheirStake() {
    joining.on(up("api_key:a", "100", 0), up("workflow:w", "1", 5), up("workflow:v", "300", 9));
    joining.after(20);
    assertThat(joining.told()).containsExactly("FIRING api_key:a + workflow:w + workflow:v");
  }

  @Test
  void workflowThatBeganLaterWithTheSameDriver_joinsItsKey() {
    joining.on(up("api_key:a", "10", 0, Kind.TOKENS_PER_REQUEST)).after(20);
    joining.on(up("workflow:w", "100", HOUR, Kind.TOKENS_PER_REQUEST)).after(20);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  @Test
  void workflowThatBeganLaterWithAnotherDriver_isAnotherCause() {
    joining.on(up("api_key:a", "10", 0, Kind.TOKENS_PER_REQUEST)).after(20);
    joining.on(up("workflow:w", "100", HOUR, Kind.RETRIES)).after(70);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "FIRING workflow:w");
  }

  @Test
  void teamOfAKeyThatRetries_joinsItWhateverItsStake() {
    joining.on(up("api_key:a", "1", 0, Kind.RETRIES)).after(20);
    joining.on(up("team:t", "100", HOUR, Kind.RETRIES)).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  /**
   * Which models a team uses is not known, so that a mix that changes looks like longer prompts.
   */
  @Test
  void teamWithAnotherKeysDriver_isNotExplainedByIt() {
    joining.on(up("api_key:a", "1", 0, Kind.TOKENS_PER_REQUEST)).after(20);
    joining.on(up("team:t", "100", HOUR, Kind.TOKENS_PER_REQUEST)).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "FIRING team:t");
  }

  @Test
  void projectThatIsFoundFirst_waitsAMinuteForItsKey() {
    joining.on(up("project:p", "105", 0)).after(50);
    assertThat(joining.told()).isEmpty();
    joining.on(up("api_key:a", "100", 30)).after(9);
    assertThat(joining.told()).containsExactly("FIRING api_key:a + project:p");
  }

  @Test
  void projectAlone_isReportedAfterAMinute_alsoAcrossARestart() {
    joining.on(up("project:p", "105", 0)).after(30).restart().after(33);
    assertThat(joining.told()).isEmpty();
    joining.after(1);
    assertThat(joining.told()).containsExactly("FIRING project:p");
  }

  /** Its key may take a minute more to show, and says where to look. */
  @Test
  void workflowThatIsFoundFirst_waitsForItsKey() {
    joining.on(up("workflow:w", "100", 0)).after(50);
    assertThat(joining.told()).isEmpty();
    joining.on(up("api_key:a", "100", 0)).after(9);
    assertThat(joining.told()).containsExactly("FIRING api_key:a + workflow:w");
  }

  /** A night's dollars are few beside those of the day to come. */
  @Test
  void projectFoundHoursLater_isExplainedByWhatItsKeyHasGrownTo() {
    joining.on(up("api_key:a", "5", 0)).after(600).on(up("api_key:a", "40", 0)).after(60);
    joining.on(up("project:p", "100", 3 * HOUR)).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  @Test
  void keyThatWasLarger_explainsAProjectAsItBegan() {
    joining.on(up("api_key:a", "30", 0)).after(60).on(up("api_key:a", "9000", 0)).after(60);
    joining.on(up("project:p", "100", 3 * HOUR)).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  @Test
  void growthIsKnownAfterARestart() {
    joining.on(up("api_key:a", "5", 0)).after(600).on(up("api_key:a", "40", 0)).restart();
    joining.on(up("project:p", "100", 3 * HOUR)).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  /** A key that retries does so on all of its models. */
  @Test
  void modelOfASmallPartOfAKey_joinsIt() {
    joining.on(up("api_key:a", "6000", 0)).after(20).on(up("model:m", "350", 120)).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  @Test
  void projectOfASmallPartOfAKey_isAnotherCause() {
    joining.on(up("api_key:a", "6000", 0)).after(20).on(up("project:p", "350", 120)).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "FIRING project:p");
  }

  /** The last of a customer's other keys was used twenty minutes after the one that fell. */
  @Test
  void customerThatFallsSilentLaterThanItsKeyFell_joinsIt() {
    joining.on(finding(Detector.ANOMALY, Causes.SPEND_DOWN, "api_key:a", "480", 0)).after(60);
    Finding silence = finding(Detector.INGEST_SILENCE, Causes.SILENT, "customer:c", "410", 1260);
    joining.on(foundAfter(silence, 3000)).after(600);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  @Test
  void keyThatFallsSilentLater_isAnotherCause() {
    joining.on(finding(Detector.ANOMALY, Causes.SPEND_DOWN, "api_key:a", "480", 0)).after(60);
    joining.on(finding(Detector.INGEST_SILENCE, Causes.SILENT, "api_key:b", "410", 1260));
    joining.after(600);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "FIRING api_key:b");
  }

  /** A key needs some minutes more than its project to be sure that it has stopped. */
  @Test
  void fallOfAProject_waitsEightMinutesForItsKey() {
    Finding project = finding(Detector.ANOMALY, Causes.SPEND_DOWN, "project:p", "100", 0);
    joining.on(project).after(400);
    joining.on(finding(Detector.ANOMALY, Causes.SPEND_DOWN, "api_key:a", "95", 60)).after(8);
    assertThat(joining.told()).containsExactly("FIRING api_key:a + project:p");
  }

  @Test
  void driftOfAWorkflow_joinsTheAnomalyOfItsKey() {
    joining.on(up("api_key:a", "100", 0)).after(60);
    joining.on(finding(Detector.MODEL_DRIFT, Causes.DEARER_MODELS, "workflow:w", "90", 20));
    joining.after(60);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }
}

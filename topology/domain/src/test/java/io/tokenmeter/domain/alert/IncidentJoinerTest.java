package io.tokenmeter.domain.alert;

import static io.tokenmeter.domain.alert.Joining.drift;
import static io.tokenmeter.domain.alert.Joining.finding;
import static io.tokenmeter.domain.alert.Joining.up;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IncidentJoinerTest {
  private static final JoinRules COOL_DOWN =
      new JoinRules(Duration.ofSeconds(8), Duration.ofSeconds(40));

  /** A cool-down counts from what a restart does not know at once: whether the stream is live. */
  private static final JoinRules NO_COOL_DOWN = new JoinRules(Duration.ofSeconds(8), Duration.ZERO);

  private final Joining joining = new Joining();

  // Life of an alert.

  @Test
  void cause_thatBeginsAndEnds_firesOnceAndIsResolvedOnceUnderOneId() {
    Finding key = up("api_key:prod-1", "240", 0);
    joining.on(key).after(600).end(key).after(600);
    assertThat(joining.told()).containsExactly("FIRING api_key:prod-1", "RESOLVED api_key:prod-1");
    Alert firing = joining.alerts().get(0);
    Alert resolved = joining.alerts().get(1);
    assertThat(firing.id())
        .isEqualTo("anomaly/spend-up/api_key/prod-1/2026-03-15T10:30:00Z")
        .isEqualTo(resolved.id());
    assertThat(firing.resolvedMicros()).isNull();
    assertThat(firing.observed()).isEqualTo(Money.parse("12"));
    assertThat(firing.atStake()).isEqualTo(Money.parse("240"));
    assertThat(firing.drivers()).hasSize(1);
    assertThat(firing.sentence()).isEqualTo("api_key:prod-1 is up.");
    assertThat(resolved.resolvedMicros()).isEqualTo(Joining.micros(600));
    assertThat(resolved.updatedMicros()).isEqualTo(Joining.micros(600));
    assertThat(resolved.sinceMicros()).isEqualTo(firing.sinceMicros());
    assertThat(resolved.observed()).isEqualTo(Money.parse("12"));
    assertThat(resolved.sentence()).isEqualTo("api_key:prod-1 is normal.");
  }

  @Test
  void alert_waitsForSiblingsOnlyAsLongAsItSays() {
    joining.on(up("api_key:a", "10", 0)).after(7);
    assertThat(joining.told()).isEmpty();
    joining.after(1);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  @Test
  void cause_thatEndsWhileItWaits_isStillReportedOnce() {
    Finding key = up("api_key:a", "10", 0);
    joining.on(key).after(2).end(key).after(20);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "RESOLVED api_key:a");
  }

  @Test
  void detectorWithoutSiblings_isReportedAtOnce() {
    joining.on(finding(Detector.BUDGET, "80%", "team:search", "0", 0));
    joining.on(finding(Detector.BUDGET, "100%", "team:search", "0", 1));
    joining.on(finding(Detector.BUDGET, "80%", "project:assistant", "0", 1));
    assertThat(joining.told())
        .containsExactly("FIRING team:search", "FIRING team:search", "FIRING project:assistant");
    assertThat(joining.alerts()).extracting(Alert::cause).containsExactly("80%", "100%", "80%");
  }

  @Test
  void severity_isTheHighestOfAllFindings() {
    Finding key = up("api_key:a", "100", 0);
    Finding project = withSeverity(up("project:p", "110", 0), Severity.CRITICAL);
    joining.on(key, project).after(8);
    assertThat(joining.alerts()).extracting(Alert::severity).containsExactly(Severity.CRITICAL);
  }

  @Test
  void id_ofAKeyWithASlash_hasNoFurtherPart() {
    joining.on(up("api_key:a/b ü", "10", 0)).after(8);
    assertThat(joining.alerts().get(0).id())
        .isEqualTo("anomaly/spend-up/api_key/a%2Fb%20%C3%BC/2026-03-15T10:30:00Z");
  }

  // One cause in several dimensions.

  /** A key's runaway also lifts its workflow, team, project and model; in any order of arrival. */
  @Test
  void runawayOfAKey_inFiveDimensions_isOneAlertWhicheverComesFirst() {
    long seed = 20_260_315;
    Random random = new Random(seed);
    List<Finding> findings =
        new ArrayList<>(
            List.of(
                up("api_key:loop", "900", 0),
                up("workflow:triage", "910", 20),
                up("team:search", "930", 40),
                up("project:assistant", "920", 30),
                up("model:gpt-4o", "1100", 60)));
    for (int round = 0; round < 60; round++) {
      Collections.shuffle(findings, random);
      Joining order = new Joining();
      for (Finding finding : findings) {
        order.on(finding).after(random.nextInt(3));
      }
      order.after(30);
      assertThat(order.told()).as("seed %d, %s", seed, findings).hasSize(1);
      assertThat(order.alerts().get(0).subject().dimension()).isEqualTo("api_key");
      assertThat(order.alerts().get(0).also()).hasSize(4);
      Collections.shuffle(findings, random);
      for (Finding finding : findings) {
        order.after(random.nextInt(100)).end(finding);
      }
      assertThat(order.told()).as("seed %d, ends %s", seed, findings).hasSize(2);
      assertThat(order.joiner().open()).isZero();
    }
  }

  @Test
  void broaderSubject_foundWhenTheAlertIsOut_joinsItSilently() {
    Finding project = up("project:p", "105", 240);
    joining.on(up("api_key:a", "100", 0)).after(300).on(project).after(60);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  @Test
  void narrowerSubject_foundWhenTheAlertIsOut_joinsItSilently() {
    Finding project = up("project:p", "105", 0);
    Finding key = up("api_key:a", "100", 60);
    joining.on(project).after(100).on(key).after(60).end(key, project);
    assertThat(joining.told())
        .containsExactly("FIRING project:p", "RESOLVED project:p + api_key:a");
  }

  @Test
  void incident_isOverWhenItsLastSubjectIs() {
    Finding key = up("api_key:a", "100", 0);
    Finding project = up("project:p", "105", 10);
    joining.on(key, project).after(60).end(key).after(120);
    assertThat(joining.told()).containsExactly("FIRING api_key:a + project:p");
    joining.end(project);
    assertThat(joining.told())
        .containsExactly("FIRING api_key:a + project:p", "RESOLVED api_key:a + project:p");
    assertThat(joining.alerts().get(1).sentence()).isEqualTo("api_key:a is normal.");
  }

  // Several causes.

  @Test
  void twoKeysAtOnce_areTwoAlerts() {
    Finding one = up("api_key:a", "100", 0);
    Finding other = up("api_key:b", "90", 5);
    joining.on(up("project:p", "190", 10), one, other, up("model:m", "195", 12)).after(30);
    assertThat(joining.told())
        .containsExactly("FIRING api_key:a + project:p + model:m", "FIRING api_key:b");
  }

  @Test
  void twoKeysWithAProjectEach_haveTheirOwn() {
    joining
        .on(up("project:q", "48", 3), up("api_key:a", "100", 0))
        .on(up("project:p", "104", 3), up("api_key:b", "50", 0))
        .after(20);
    assertThat(joining.told())
        .containsExactlyInAnyOrder("FIRING api_key:a + project:p", "FIRING api_key:b + project:q");
  }

  @Test
  void projectOfTwoKeys_goesOnWithTheOneThatDoes() {
    Finding one = up("api_key:a", "100", 0);
    Finding other = up("api_key:b", "70", 0);
    Finding project = up("project:p", "110", 0);
    joining.on(one, other, project).after(20).end(one).after(1);
    assertThat(joining.told())
        .containsExactly(
            "FIRING api_key:a + project:p", "FIRING api_key:b", "RESOLVED api_key:a + project:p");
    joining.end(project).end(other);
    assertThat(joining.told()).hasSize(4);
    assertThat(joining.joiner().open()).isZero();
  }

  @Test
  void projectWithMuchMoreAtStakeThanItsKey_isAnAlertOfItsOwn() {
    joining.on(up("api_key:a", "3", 0), up("project:p", "100", 0)).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "FIRING project:p");
  }

  @Test
  void keyWithAMultipleOfTheProjectsStake_isNotInIt() {
    joining.on(up("api_key:a", "1100", 0), up("project:p", "100", 0)).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "FIRING project:p");
  }

  @Test
  void sharesOfDifferentDimensions_doNotAddUp() {
    joining
        .on(up("api_key:a", "7", 0), up("workflow:w", "7", 0), up("project:p", "200", 0))
        .after(100);
    assertThat(joining.told()).contains("FIRING project:p");
  }

  @Test
  void keyThatBeginsLongAfterTheProject_isAnotherCause() {
    joining.on(up("project:p", "100", 0)).after(600).on(up("api_key:a", "100", 600)).after(20);
    assertThat(joining.told()).containsExactly("FIRING project:p", "FIRING api_key:a");
  }

  @Test
  void otherDirection_isAnotherCause() {
    joining
        .on(up("api_key:a", "100", 0))
        .on(finding(Detector.ANOMALY, "spend-down", "project:p", "100", 0))
        .after(500);
    assertThat(joining.told()).hasSize(2);
  }

  // Silence.

  @Test
  void subjectsThatFallSilentTogether_areOneAlert() {
    List<Finding> silent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      silent.add(finding(Detector.INGEST_SILENCE, "silent", "api_key:k" + i, "1", i));
    }
    silent.add(finding(Detector.INGEST_SILENCE, "silent", "project:p", "20", 20));
    for (Finding finding : silent) {
      joining.on(finding).after(random(finding));
    }
    joining.after(20);
    assertThat(joining.told()).hasSize(1);
    assertThat(joining.alerts().get(0).also()).contains(new Subject("api_key", "k1"));
    silent.forEach(joining::end);
    assertThat(joining.told()).hasSize(2);
    assertThat(joining.alerts().get(1).also()).hasSize(20);
  }

  private static int random(Finding finding) {
    return Math.floorMod(finding.subject().hashCode(), 2);
  }

  // Findings that come again, late, or out of order.

  @Test
  void findingsThatAreRepeated_sayNothingNew() {
    Finding key = up("api_key:a", "100", 0);
    joining.on(key, key).after(20).on(key).after(20).end(key, key).on(key).after(60).end(key);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "RESOLVED api_key:a");
  }

  @Test
  void endOfWhatNobodySaid_isIgnored() {
    joining.end(up("api_key:a", "100", 0)).after(20);
    assertThat(joining.told()).isEmpty();
  }

  @Test
  void siblingThatComesWhenAllIsOver_isNotReportedAgain() {
    Finding key = up("api_key:a", "100", 0);
    Finding project = up("project:p", "105", 30);
    joining.on(key).after(60).end(key).after(30).on(project).after(60).end(project).after(1200);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "RESOLVED api_key:a");
    assertThat(joining.joiner().open()).isZero();
  }

  @Test
  void siblingThatComesWhenAllIsOverAndGoesOn_isReportedInTheEnd() {
    Finding key = up("api_key:a", "100", 0);
    joining.on(key).after(60).end(key).on(up("project:p", "105", 30)).after(900);
    assertThat(joining.told())
        .containsExactly("FIRING api_key:a", "RESOLVED api_key:a", "FIRING project:p");
  }

  @Test
  void detectorThatBeginsAnew_endsWhatItSaidBefore() {
    Finding fifth = finding(Detector.BUDGET, "80%", "team:t", "0", 0);
    Finding sixth = finding(Detector.BUDGET, "80%", "team:t", "0", 86_400);
    joining.on(fifth, sixth);
    assertThat(joining.told()).containsExactly("FIRING team:t", "RESOLVED team:t", "FIRING team:t");
    assertThat(joining.alerts().get(0).id()).isNotEqualTo(joining.alerts().get(2).id());
  }

  // Cool-down.

  @Test
  void causeThatComesBackWithinTheCoolDown_isHeldBackUntilItIsOver() {
    Finding key = drift("api_key:a", 0);
    joining.on(key).after(60).end(key).after(60).on(drift("api_key:a", 120)).after(1500);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "RESOLVED api_key:a");
    joining.after(300);
    assertThat(joining.told())
        .containsExactly("FIRING api_key:a", "RESOLVED api_key:a", "FIRING api_key:a");
  }

  @Test
  void causeThatComesAndGoesWithinTheCoolDown_isNotReportedAgain() {
    Finding key = drift("api_key:a", 0);
    joining.on(key).after(60).end(key);
    for (int i = 1; i <= 5; i++) {
      Finding again = drift("api_key:a", 100 * i);
      joining.after(40).on(again).after(60).end(again);
    }
    joining.after(3000);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "RESOLVED api_key:a");
    assertThat(joining.joiner().open()).isZero();
    Finding later = drift("api_key:a", 3600);
    joining.on(later).after(20);
    assertThat(joining.told()).hasSize(3);
  }

  @Test
  void coolDownOfAnOldTrace_isCountedInTheTracesTime() {
    int year = -365 * 86_400;
    Finding first = drift("api_key:a", year);
    Finding soon = drift("api_key:a", year + 600);
    Finding later = drift("api_key:a", year + 7200);
    joining.on(first, ended(first, year + 60)).after(10);
    joining.on(soon, ended(soon, year + 700)).after(10);
    joining.on(later, ended(later, year + 7300)).after(10);
    assertThat(joining.alerts())
        .extracting(Alert::sinceMicros)
        .containsExactly(
            first.sinceMicros(), first.sinceMicros(), later.sinceMicros(), later.sinceMicros());
  }

  @Test
  void budget_hasNoCoolDown() {
    Finding today = finding(Detector.BUDGET, "50%", "team:t", "0", 0);
    joining.on(today).after(60).end(today).on(finding(Detector.BUDGET, "50%", "team:t", "0", 90));
    assertThat(joining.told()).hasSize(3);
  }

  // Requests that are too dear: nobody says that they are over.

  @Test
  void spikesOfAKey_areOneAlertUntilThereWereNoneForTenMinutes() {
    for (int i = 0; i < 30; i++) {
      joining.on(finding(Detector.REQUEST_SPIKE, "cost", "api_key:a", "1", 60 * i)).after(60);
    }
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
    joining.after(700);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "RESOLVED api_key:a");
    joining.on(finding(Detector.REQUEST_SPIKE, "cost", "api_key:a", "1", 4000));
    assertThat(joining.told()).hasSize(3);
  }

  // Restarts and bounds.

  @Test
  void restartAtAnyPoint_changesNothing() {
    long seed = 4_711;
    for (int round = 0; round < 200; round++) {
      List<String> whole = story(new Random(seed + round), NO_COOL_DOWN, 0).told();
      Joining interrupted = story(new Random(seed + round), NO_COOL_DOWN, 4);
      assertThat(interrupted.told()).as("seed %d", seed + round).isEqualTo(whole);
    }
  }

  @Test
  void randomStories_fireAndResolveEachIncidentOnce() {
    long seed = 815;
    for (int round = 0; round < 300; round++) {
      Joining story = story(new Random(seed + round), COOL_DOWN, 8);
      Set<String> firing = new HashSet<>();
      Set<String> resolved = new HashSet<>();
      for (Alert alert : story.alerts()) {
        boolean fires = alert.state() == AlertState.FIRING;
        assertThat((fires ? firing : resolved).add(alert.id()))
            .as("seed %d", seed + round)
            .isTrue();
        assertThat(firing).as("seed %d", seed + round).contains(alert.id());
      }
      assertThat(resolved).as("seed %d", seed + round).isEqualTo(firing).isNotEmpty();
      assertThat(story.joiner().open()).isZero();
      assertThat(story.after(4000).save()).as("only the clock is left").hasSize(1);
    }
  }

  /** Findings of some subjects that begin, end and are repeated in random order; all end. */
  private static Joining story(Random random, JoinRules rules, int restartEvery) {
    Joining story = new Joining(rules);
    Random restarts = new Random(restartEvery);
    List<Finding> open = new ArrayList<>();
    String[] subjects = {"api_key:a", "api_key:b", "workflow:w", "project:p", "model:m"};
    for (int step = 0; step < 40; step++) {
      if (open.isEmpty() || random.nextInt(3) > 0) {
        String subject = subjects[random.nextInt(subjects.length)];
        Finding finding =
            finding(
                Detector.MODEL_DRIFT,
                "mix",
                subject,
                String.valueOf(50 + random.nextInt(100)),
                10 * step);
        open.add(finding);
        story.on(finding);
      } else {
        Finding finding = open.get(random.nextInt(open.size()));
        if (random.nextInt(4) > 0) {
          open.remove(finding);
          story.end(finding);
        } else {
          story.on(finding);
        }
      }
      story.after(random.nextInt(20));
      if (restartEvery > 0 && restarts.nextInt(restartEvery) == 0) {
        story.restart();
      }
    }
    open.forEach(story::end);
    return story.after(120);
  }

  @Test
  void findingsBeyondTheBound_areDroppedAndCounted() {
    for (int i = 0; i < IncidentJoiner.MAX_OPEN + 3; i++) {
      joining.on(finding(Detector.UNPRICED_MODEL, "unpriced", "model:m" + i, "0", 0));
    }
    assertThat(joining.alerts()).hasSize(IncidentJoiner.MAX_OPEN);
    assertThat(joining.joiner().dropped()).isEqualTo(3);
  }

  private static Finding withSeverity(Finding finding, Severity severity) {
    return new Finding(
        finding.detector(),
        finding.cause(),
        finding.subject(),
        finding.firing(),
        finding.sinceMicros(),
        finding.atMicros(),
        finding.windowStartMicros(),
        finding.windowEndMicros(),
        finding.observed(),
        finding.expected(),
        finding.threshold(),
        finding.atStake(),
        severity,
        finding.drivers(),
        finding.sentence());
  }

  private static Finding ended(Finding finding, int seconds) {
    return finding.ended(Joining.micros(seconds), "normal");
  }
}

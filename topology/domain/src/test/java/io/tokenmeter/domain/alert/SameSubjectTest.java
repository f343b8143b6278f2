package io.tokenmeter.domain.alert;

import static io.tokenmeter.domain.alert.Joining.finding;
import static io.tokenmeter.domain.alert.Joining.up;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.money.Money;
import org.junit.jupiter.api.Test;

/** What several detectors say of one subject at one time, and what one says again. */
class SameSubjectTest {
  private static final int HOUR = 3600;

  private final Joining joining = new Joining();

  @Test
  void driftOfAKeyThatSpendsMore_joinsItsAnomaly() {
    joining.on(up("api_key:a", "100", 0)).after(60).on(dearerMix("api_key:a", "400", 30)).after(60);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  @Test
  void anomalyOfAKeyWhoseMixMoved_joinsItsDrift() {
    joining
        .on(dearerMix("api_key:a", "100", 0))
        .after(60)
        .on(up("api_key:a", "150", 200))
        .after(60);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  @Test
  void loopOfAKeyWhoseMixMoved_isNews() {
    Finding loop = timesUsual(up("api_key:a", "500", 60), "20");
    joining.on(dearerMix("api_key:a", "10", 0)).after(60).on(loop).after(60);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "FIRING api_key:a");
    assertThat(joining.alerts())
        .extracting(Alert::detector)
        .containsExactly(Detector.MODEL_DRIFT, Detector.ANOMALY);
  }

  /** Five times the usual by night is five times the usual by day, of many more dollars. */
  @Test
  void keyWhoseMixMovedByNight_isNoNewsByDay() {
    joining.on(dearerMix("api_key:a", "10", 0)).after(60);
    joining.on(up("api_key:a", "500", 12 * HOUR)).after(60);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  @Test
  void driftOfAnotherKey_isAnotherCause() {
    joining.on(up("api_key:a", "100", 0)).after(60).on(dearerMix("api_key:b", "90", 0)).after(60);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "FIRING api_key:b");
  }

  @Test
  void driftAfterTheAnomalyIsOver_isAnotherCause() {
    Finding key = up("api_key:a", "100", 0);
    joining.on(key).after(60).end(key).after(600);
    joining.on(dearerMix("api_key:a", "90", 660)).after(60);
    assertThat(joining.told()).hasSize(3);
  }

  @Test
  void silenceOfAKeyThatSpendsLess_joinsItsFall_andBothMustEnd() {
    Finding fall = finding(Detector.ANOMALY, Causes.SPEND_DOWN, "api_key:a", "100", 0);
    Finding silence = finding(Detector.INGEST_SILENCE, Causes.SILENT, "api_key:a", "90", 400);
    joining.on(fall).after(420).on(silence).after(60).end(silence).after(60);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
    joining.end(fall);
    assertThat(joining.told()).containsExactly("FIRING api_key:a", "RESOLVED api_key:a");
  }

  @Test
  void fallOfAKeyThatIsSilent_joinsItsSilence() {
    Finding silence = finding(Detector.INGEST_SILENCE, Causes.SILENT, "api_key:a", "90", 0);
    Finding fall = finding(Detector.ANOMALY, Causes.SPEND_DOWN, "api_key:a", "100", 300);
    joining.on(silence).after(60).on(fall).after(60);
    assertThat(joining.told()).containsExactly("FIRING api_key:a");
  }

  @Test
  void riseOfAKeyThatIsSilent_isAnotherCause() {
    Finding silence = finding(Detector.INGEST_SILENCE, Causes.SILENT, "api_key:a", "90", 0);
    joining.on(silence).after(60).on(up("api_key:a", "80", 30)).after(60);
    assertThat(joining.told()).hasSize(2);
  }

  /** The key goes up and down while its project stays up. */
  @Test
  void keyThatFlickersWhileItsIncidentGoesOn_saysNothingNew() {
    Finding key = up("api_key:a", "100", 0);
    Finding project = up("project:p", "105", 0);
    joining.on(key, project).after(600);
    for (int i = 1; i <= 5; i++) {
      Finding again = up("api_key:a", "150", 1000 * i);
      joining.end(key).after(60).on(again).on(again).after(300);
      key = again;
    }
    assertThat(joining.told()).containsExactly("FIRING api_key:a + project:p");
    joining.end(project, key);
    assertThat(joining.told())
        .containsExactly("FIRING api_key:a + project:p", "RESOLVED api_key:a + project:p");
    assertThat(joining.joiner().open()).isZero();
  }

  @Test
  void flickerAcrossARestart_saysNothingNew() {
    Finding key = up("api_key:a", "100", 0);
    joining.on(key, up("project:p", "105", 0)).after(60).end(key).after(60);
    joining.restart().on(up("api_key:a", "90", 120)).restart().after(60);
    assertThat(joining.told()).containsExactly("FIRING api_key:a + project:p");
  }

  @Test
  void keyThatComesBackManyTimesDearer_isNews() {
    Finding key = up("api_key:a", "10", 0);
    joining.on(key, up("project:p", "11", 0)).after(60).end(key).after(60);
    joining.on(up("api_key:a", "500", 120)).after(60);
    assertThat(joining.told()).contains("FIRING api_key:a");
  }

  @Test
  void keyThatComesBackADayLater_isNewsThoughItsProjectNeverEnded() {
    Finding key = up("api_key:a", "100", 0);
    joining.on(key, up("project:p", "105", 0)).after(60).end(key).after(60);
    joining.on(up("api_key:a", "100", 24 * HOUR)).after(60);
    assertThat(joining.told()).contains("FIRING api_key:a");
  }

  /** As if so many dollars had been spent where one was expected. */
  private static Finding timesUsual(Finding finding, String dollars) {
    return new Finding(
        finding.detector(),
        finding.cause(),
        finding.subject(),
        finding.firing(),
        finding.sinceMicros(),
        finding.atMicros(),
        finding.windowStartMicros(),
        finding.windowEndMicros(),
        Money.parse(dollars),
        Money.parse("1"),
        finding.threshold(),
        finding.atStake(),
        finding.severity(),
        finding.drivers(),
        finding.sentence());
  }

  private static Finding dearerMix(String subject, String stake, int sinceSeconds) {
    return finding(Detector.MODEL_DRIFT, Causes.DEARER_MODELS, subject, stake, sinceSeconds);
  }
}

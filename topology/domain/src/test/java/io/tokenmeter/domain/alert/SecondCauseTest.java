package io.tokenmeter.domain.alert;

import static io.tokenmeter.domain.alert.Joining.finding;
import static io.tokenmeter.domain.alert.Joining.up;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A cause that its detector ends for another one on top of it, in the same look. */
class SecondCauseTest {
  private final Joining joining = new Joining();

  @Test
  void loopOnTopOfACreep_endsItsAlertAndIsToldByItself() {
    Finding creep = up("api_key:a", "100", 0);
    joining.on(creep).after(7200);
    joining.on(endedBy(creep, loop("api_key:a")), loop("api_key:a")).after(20);
    assertThat(joining.told())
        .containsExactly("FIRING api_key:a", "RESOLVED api_key:a", "FIRING api_key:a");
    assertThat(joining.alerts().get(1).id()).isEqualTo(joining.alerts().get(0).id());
    assertThat(joining.alerts().get(2).id()).isNotEqualTo(joining.alerts().get(0).id());
  }

  @Test
  void projectOfTheCreep_goesOverToTheLoop() {
    Finding creep = up("api_key:a", "100", 0);
    Finding project = up("project:p", "105", 0);
    joining.on(creep, project).after(7200);
    joining.on(endedBy(creep, loop("api_key:a")), loop("api_key:a")).after(20);
    assertThat(joining.told())
        .containsExactly(
            "FIRING api_key:a + project:p", "FIRING api_key:a", "RESOLVED api_key:a + project:p");
    joining.end(loop("api_key:a"), project);
    assertThat(joining.told()).hasSize(4).endsWith("RESOLVED api_key:a + project:p");
    assertThat(joining.joiner().open()).isZero();
  }

  /** The mix that moved first is no reason to keep quiet about the loop. */
  @Test
  void loopOfAKeyWhoseMixMovedToo_isToldAcrossARestart() {
    Finding creep = up("api_key:a", "100", 0);
    joining.on(creep, finding(Detector.MODEL_DRIFT, Causes.DEARER_MODELS, "api_key:a", "400", 30));
    joining.after(7200).on(endedBy(creep, loop("api_key:a")), loop("api_key:a")).restart();
    joining.after(20);
    assertThat(joining.told())
        .containsExactly("FIRING api_key:a", "FIRING api_key:a", "RESOLVED api_key:a");
  }

  @Test
  void keyThatBeginsAgainInALaterLook_isAFlicker() {
    Finding creep = up("api_key:a", "100", 0);
    joining.on(creep, up("project:p", "105", 0)).after(7200).end(creep).after(1);
    joining.on(loop("api_key:a")).after(20);
    assertThat(joining.told()).containsExactly("FIRING api_key:a + project:p");
  }

  /** Three times the creep, since two hours after it. */
  private static Finding loop(String subject) {
    return up(subject, "300", 7200);
  }

  private static Finding endedBy(Finding first, Finding second) {
    return first.ended(second.atMicros(), "It gave way.");
  }
}

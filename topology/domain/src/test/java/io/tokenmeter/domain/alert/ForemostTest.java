package io.tokenmeter.domain.alert;

import static io.tokenmeter.domain.alert.Joining.finding;
import static io.tokenmeter.domain.alert.Joining.up;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Of whom an alert speaks that several subjects show. */
class ForemostTest {
  private final Joining joining = new Joining();

  @Test
  void loopOfAKey_isToldOfTheKey() {
    joining.on(up("model:m", "105", 0), up("project:p", "102", 1), up("api_key:a", "100", 2));
    joining.after(20);
    assertThat(joining.told()).containsExactly("FIRING api_key:a + project:p + model:m");
  }

  /** Who looks for a producer that has stopped looks for its key, not for the model it used. */
  @Test
  void keyThatFallsSilentWithItsModelAndProject_isToldOfTheKey() {
    joining.on(silent("model:m"), silent("project:p"), silent("api_key:a")).after(20);
    assertThat(joining.told()).containsExactly("FIRING api_key:a + project:p + model:m");
    assertThat(joining.alerts().get(0).sentence()).startsWith("api_key:a ");
  }

  @Test
  void keysThatFallSilentWithTheirProject_areToldOfTheProject() {
    joining.on(silent("model:m"), silent("api_key:a"), silent("api_key:b"), silent("project:p"));
    joining.after(20);
    assertThat(joining.told())
        .containsExactly("FIRING project:p + model:m + api_key:a + api_key:b");
  }

  @Test
  void keysOfSeveralTeamsThatFallSilentWithOneModel_areToldOfTheModel() {
    joining.on(silent("api_key:a"), silent("api_key:b"), silent("model:m")).after(20);
    assertThat(joining.told()).containsExactly("FIRING model:m + api_key:a + api_key:b");
  }

  private static Finding silent(String subject) {
    return finding(Detector.INGEST_SILENCE, Causes.SILENT, subject, "100", 0);
  }
}

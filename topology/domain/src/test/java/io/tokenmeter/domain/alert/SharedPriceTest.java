package io.tokenmeter.domain.alert;

import static io.tokenmeter.domain.alert.Joining.dearer;
import static io.tokenmeter.domain.alert.Joining.up;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A model's price is one cause for all who pay it. */
class SharedPriceTest {
  private static final int HOUR = 3600;

  private final Joining joining = new Joining();

  @Test
  void priceOfAModel_isOneAlertForAllThatPayIt() {
    joining.on(dearer("api_key:a", "50", 0, "gpt-4o"), dearer("api_key:b", "30", 2, "gpt-4o"));
    joining.after(3).on(dearer("model:gpt-4o", "100", 1, "gpt-4o")).after(100);
    assertThat(joining.told()).containsExactly("FIRING model:gpt-4o + api_key:a + api_key:b");
  }

  @Test
  void priceThatOnlyAKeyShows_isToldWithTheModel() {
    joining.on(dearer("api_key:a", "50", 0, "gpt-4o")).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a + model:gpt-4o");
  }

  /** Whoever uses the model seldom shows its price hours later, and says nothing new. */
  @Test
  void keyThatPaysItHoursLater_joinsSilently() {
    Finding model = dearer("model:gpt-4o", "100", 0, "gpt-4o");
    joining.on(model).after(20).on(dearer("api_key:nightly", "400", 5 * HOUR, "gpt-4o")).after(100);
    assertThat(joining.told()).containsExactly("FIRING model:gpt-4o");
  }

  @Test
  void modelThatIsFoundAfterAKeyOfIt_joinsSilently() {
    joining.on(dearer("api_key:a", "50", 0, "gpt-4o")).after(20);
    joining.on(dearer("model:gpt-4o", "500", 60, "gpt-4o")).after(100);
    assertThat(joining.told()).containsExactly("FIRING api_key:a + model:gpt-4o");
  }

  /** A nightly key that has not been used since still shows the first change. */
  @Test
  void modelWhosePriceWasBackAndChangesAgain_isAnotherCause() {
    Finding first = dearer("model:gpt-4o", "100", 0, "gpt-4o");
    joining.on(first, dearer("api_key:nightly", "40", 1, "gpt-4o")).after(HOUR).end(first);
    joining.after(7 * HOUR).on(dearer("model:gpt-4o", "300", 8 * HOUR, "gpt-4o")).after(20);
    assertThat(joining.told())
        .containsExactly("FIRING model:gpt-4o + api_key:nightly", "FIRING model:gpt-4o");
  }

  @Test
  void otherModelsPrice_isAnotherCause() {
    joining.on(dearer("api_key:a", "50", 0, "gpt-4o"), dearer("api_key:b", "50", 0, "o3"));
    joining.after(100);
    assertThat(joining.told())
        .containsExactly("FIRING api_key:a + model:gpt-4o", "FIRING api_key:b + model:o3");
  }

  @Test
  void priceThatChangesAgainWhenAllIsOver_isAnotherCause() {
    Finding first = dearer("api_key:a", "50", 0, "gpt-4o");
    joining.on(first).after(60).end(first).after(600);
    joining.on(dearer("api_key:b", "50", 660, "gpt-4o")).after(100);
    assertThat(joining.told())
        .containsExactly(
            "FIRING api_key:a + model:gpt-4o",
            "RESOLVED api_key:a + model:gpt-4o",
            "FIRING api_key:b + model:gpt-4o");
  }

  /** Which models a project uses is not known, only that its tokens have become dearer. */
  @Test
  void projectWhoseTokensAreDearerWhileAPriceIs_joinsIt() {
    joining.on(dearer("model:gpt-4o", "100", 0, "gpt-4o")).after(20);
    joining.on(dearer("project:p", "380", HOUR, null)).after(100);
    assertThat(joining.told()).containsExactly("FIRING model:gpt-4o");
  }

  @Test
  void loopOfAKeyThatPaysANewPrice_isAnotherCause() {
    joining.on(dearer("model:gpt-4o", "100", 0, "gpt-4o")).after(20);
    joining.on(up("api_key:loop", "900", 10)).after(100);
    assertThat(joining.told()).containsExactly("FIRING model:gpt-4o", "FIRING api_key:loop");
  }

  /** Its cause is known, so that no key that happens to be up can explain it. */
  @Test
  void priceOfAWorkflow_isNotExplainedByAKeyThatIsUp() {
    joining.on(up("api_key:a", "100", 0)).after(20);
    joining.on(dearer("workflow:w", "90", 60, "gpt-4o")).after(100);
    assertThat(joining.told())
        .containsExactly("FIRING api_key:a", "FIRING workflow:w + model:gpt-4o");
  }
}

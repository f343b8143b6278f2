package io.tokenmeter.domain.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EventDampingTest {

  private static final long FIVE_MINUTES = 300_000;
  private static final long DAY = 86_400_000;

  @Test
  void rise_keepsItsSurpriseAndWhatFollowsIsLess() {
    EventDamping damping = new EventDamping();

    assertThat(damping.damped(10, FIVE_MINUTES)).isEqualTo(10);
    assertThat(damping.damped(13, FIVE_MINUTES)).isEqualTo(13); // more than a fifth above
    assertThat(damping.damped(14, FIVE_MINUTES)).isLessThan(10);
    assertThat(damping.damped(17, FIVE_MINUTES)).isEqualTo(17);
  }

  @Test
  void longEvent_staysBelowItsRise() {
    EventDamping damping = new EventDamping();
    damping.damped(10, FIVE_MINUTES);
    double last = 0;
    for (int i = 0; i < 20; i++) {
      last = damping.damped(10, FIVE_MINUTES);
    }

    assertThat(last).isCloseTo(6, within(1e-9)); // six tenths of what the last rows had
  }

  @Test
  void quietEnoughLater_theSameIsARiseAgain() {
    EventDamping damping = new EventDamping();
    damping.damped(10, FIVE_MINUTES);
    for (int i = 0; i < 80; i++) {
      damping.damped(0, FIVE_MINUTES);
    }

    assertThat(damping.damped(10, FIVE_MINUTES)).isEqualTo(10); // the first has faded to 6.9
  }

  @Test
  void rowsOfADay_forgetAnEventInWeeksAndNotInMonths() {
    EventDamping damping = new EventDamping();
    damping.damped(10, DAY);
    for (int i = 0; i < 10; i++) {
      damping.damped(0, DAY);
    }

    assertThat(damping.damped(10, DAY)).isEqualTo(10); // the first has faded to 7.5
  }
}

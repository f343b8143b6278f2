package io.tokenmeter.domain.anomaly.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EventDampingTest {

  @Test
  void rise_keepsItsSurpriseAndWhatFollowsIsLess() {
    EventDamping damping = new EventDamping();

    assertThat(damping.damped(10)).isEqualTo(10);
    assertThat(damping.damped(13)).isEqualTo(13); // more than a fifth above
    assertThat(damping.damped(14)).isLessThan(10);
    assertThat(damping.damped(17)).isEqualTo(17);
  }

  @Test
  void longEvent_staysBelowItsRise() {
    EventDamping damping = new EventDamping();
    damping.damped(10);
    double last = 0;
    for (int i = 0; i < 20; i++) {
      last = damping.damped(10);
    }

    assertThat(last).isCloseTo(6, within(1e-9)); // six tenths of what the last rows had
  }

  @Test
  void quietEnoughLater_theSameIsARiseAgain() {
    EventDamping damping = new EventDamping();
    damping.damped(10);
    for (int i = 0; i < 80; i++) {
      damping.damped(0);
    }

    assertThat(damping.damped(10)).isEqualTo(10); // the first has faded to 6.9
  }
}

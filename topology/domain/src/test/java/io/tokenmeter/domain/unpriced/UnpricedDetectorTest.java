package io.tokenmeter.domain.unpriced;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnpricedDetectorTest {
  private static final Subject MODEL = new Subject("model", "house-1");
  private static final Duration HOLDING = Duration.ofDays(35);
  private static final long MINUTE = 29_500_000;

  private UnpricedState state = new UnpricedState();
  private UnpricedPolicy policy = UnpricedPolicy.DEFAULT;

  @Test
  void requestsWithoutAPrice_areReportedUntilTheLastIsPriced() {
    UnpricedDetector.add(state, MINUTE + 1, 3);
    UnpricedDetector.add(state, MINUTE, 1200);
    Finding begins = judge(MINUTE + 2);
    assertThat(begins.firing()).isTrue();
    assertThat(begins.sinceMicros()).isEqualTo(MINUTE * 60_000_000L);
    assertThat(begins.sentence()).startsWith("1,203 requests of model:house-1 have no price");
    UnpricedDetector.add(state, MINUTE + 2, 1);
    assertThat(judge(MINUTE + 3)).isNull();
    UnpricedDetector.add(state, MINUTE, -1200);
    assertThat(judge(MINUTE + 3)).isNull();
    UnpricedDetector.add(state, MINUTE + 1, -4);
    Finding ends = judge(MINUTE + 4);
    assertThat(ends.firing()).isFalse();
    assertThat(ends.sinceMicros()).isEqualTo(begins.sinceMicros());
    assertThat(ends.sentence()).isEqualTo("All requests of model:house-1 have a price.");
    assertThat(judge(MINUTE + 5)).isNull();
    UnpricedDetector.add(state, MINUTE + 9, 1);
    assertThat(judge(MINUTE + 9).sinceMicros()).isEqualTo((MINUTE + 9) * 60_000_000L);
  }

  @Test
  void fewerRequestsThanThePolicySays_areNotReported() {
    policy = new UnpricedPolicy(true, 10, Money.ZERO, Money.ZERO);
    UnpricedDetector.add(state, MINUTE, 9);
    assertThat(judge(MINUTE)).isNull();
    UnpricedDetector.add(state, MINUTE, 1);
    assertThat(judge(MINUTE)).isNotNull();
  }

  @Test
  void requestsThatAreNotHeldAnyMore_areGivenUp() {
    UnpricedDetector.add(state, MINUTE, 5);
    judge(MINUTE);
    assertThat(judge(MINUTE + 35 * 1440)).isNull();
    Finding ends = judge(MINUTE + 35 * 1440 + 1);
    assertThat(ends.firing()).isFalse();
    assertThat(ends.sentence()).startsWith("5 requests of model:house-1 were never priced");
    assertThat(state.requests()).isZero();
  }

  @Test
  void policyThatIsSwitchedOff_endsWhatWasReported() {
    UnpricedDetector.add(state, MINUTE, 5);
    judge(MINUTE);
    policy = new UnpricedPolicy(false, 1, Money.ZERO, Money.ZERO);
    assertThat(judge(MINUTE).firing()).isFalse();
    assertThat(judge(MINUTE)).isNull();
  }

  private Finding judge(long minute) {
    state = UnpricedState.decode(state.encode());
    return UnpricedDetector.judge(state, MODEL, policy, HOLDING, minute * 60_000_000L);
  }
}

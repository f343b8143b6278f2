package io.tokenmeter.domain.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SubjectStateTest {
  @Test
  void emptyStates_surviveWritingAndReading() {
    byte[] subject = new SubjectState().encode();
    assertThat(SubjectState.decode(subject).encode()).isEqualTo(subject);
    byte[] group = new GroupState().encode();
    assertThat(GroupState.decode(group).encode()).isEqualTo(group);
  }

  @Test
  void busyState_survivesWritingAndReading() {
    Traffic traffic = new Traffic(1, 5, 0.01);
    traffic.minutes(Traffic.MONDAY, Traffic.MONDAY + 3000);
    byte[] subject = traffic.state.encode();
    assertThat(SubjectState.decode(subject).encode()).isEqualTo(subject);
    assertThat(subject.length).isLessThan(5000);
    byte[] group = traffic.groupState.encode();
    assertThat(GroupState.decode(group).encode()).isEqualTo(group);
    assertThat(group.length).isLessThan(1000);
  }

  @Test
  void bytesThatAreNoState_areRefused() {
    byte[] state = new SubjectState().encode();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubjectState.decode(Arrays.copyOf(state, state.length - 3)))
        .withMessageContaining("cut off");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubjectState.decode(Arrays.copyOf(state, state.length + 2)))
        .withMessageContaining("2 bytes too many");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SubjectState.decode(new byte[] {10, 1, 1}))
        .withMessageContaining("version 5");
  }
}

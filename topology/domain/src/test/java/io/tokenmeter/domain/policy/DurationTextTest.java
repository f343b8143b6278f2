package io.tokenmeter.domain.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DurationTextTest {

  @Test
  void workedTexts_areReadAndWrittenInTheirShortestForm() {
    assertThat(DurationText.read("90s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(DurationText.of(Duration.ofSeconds(90))).isEqualTo("1m30s");
    assertThat(DurationText.read("1d2h3m4s")).isEqualTo(Duration.ofSeconds(93784));
    assertThat(DurationText.of(Duration.ofHours(24))).isEqualTo("1d");
    assertThat(DurationText.of(Duration.ZERO)).isEqualTo("0s");
  }

  @Test
  void otherTexts_areRefused() {
    for (String text : List.of("", "5", "s", "-5s", "5 s", "1.5h", "PT5S", "3s2m", "1234567d")) {
      assertThatThrownBy(() -> DurationText.read(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anyLengthOfTime_isReadAsItWasWritten() {
    Random random = new Random(11);
    for (int i = 0; i < 1000; i++) {
      Duration time = Duration.ofSeconds(random.nextInt(30_000_000));
      assertThat(DurationText.read(DurationText.of(time))).isEqualTo(time);
    }
  }
}

package io.tokenmeter.domain.stale;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StaleDetectorTest {
  private static final Subject OPENAI = new Subject("provider", "openai");
  private static final long PUBLISHED = 1_773_570_600_000_000L;
  private static final long AGE = Duration.ofDays(45).toMillis() * 1000;

  @Test
  void prices_areStaleWhenTheyAreOlderThanThePolicySays() {
    assertThat(StaleDetector.isStale(PUBLISHED, StalePolicy.DEFAULT, PUBLISHED + AGE)).isFalse();
    assertThat(StaleDetector.isStale(PUBLISHED, StalePolicy.DEFAULT, PUBLISHED + AGE + 1)).isTrue();
    StalePolicy off = new StalePolicy(false, Duration.ofDays(1), null, null);
    assertThat(StaleDetector.isStale(PUBLISHED, off, PUBLISHED + AGE)).isFalse();
  }

  @Test
  void finding_beginsWhenTheAgeWasReached() {
    Finding finding =
        StaleDetector.finding(OPENAI, PUBLISHED, StalePolicy.DEFAULT, true, PUBLISHED + 2 * AGE);
    assertThat(finding.sinceMicros()).isEqualTo(PUBLISHED + AGE);
    assertThat(finding.sentence())
        .startsWith("Prices of provider:openai were last published 90 days ago.");
  }
}

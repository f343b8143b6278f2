package io.tokenmeter.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoClockTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T10:21:59Z, 60, 2026-11-22T08:10:00Z",
    "2026-11-22T10:22:00Z, 60, 2026-11-22T09:10:00Z",
    "2026-11-22T00:05:00Z, 5, 2026-11-21T23:10:00Z",
    "2026-11-22T12:30:00Z, 120, 2026-11-22T10:10:00Z"
  })
  void beginning_isTenPastAnHourAndLeavesTheWholeDemoInThePast(
      Instant now, int seconds, Instant beginning) {
    Duration fastFor = Duration.ofSeconds(seconds);

    assertThat(DemoClock.beginning(now, fastFor)).isEqualTo(beginning);
    assertThat(beginning.plus(fastFor.multipliedBy(60)))
        .isBeforeOrEqualTo(now.minus(DemoClock.BEHIND));
    assertThat(beginning.atOffset(ZoneOffset.UTC).getMinute()).isEqualTo(10);
  }

  @Test
  void clockThatHasCaughtUp_goesWithTheWallClock() {
    DemoClock clock = new DemoClock(Instant.parse("2026-11-22T10:10:00Z"), Duration.ZERO);

    assertThat(clock.isFast()).isFalse();
    assertThat(clock.now()).isBetween(Instant.now().minusSeconds(1), Instant.now());
  }

  @Test
  void fastClock_beginsWhereItIsTold() {
    Instant live = Instant.parse("2026-11-22T10:10:00Z");
    DemoClock clock = new DemoClock(live, null);

    assertThat(clock.isFast()).isTrue();
    assertThat(clock.now()).isBetween(live, live.plus(Duration.ofMinutes(30)));
  }
}

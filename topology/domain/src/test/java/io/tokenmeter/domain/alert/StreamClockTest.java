package io.tokenmeter.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamClockTest {
  private static final long MINUTE = 60_000_000L;
  private static final long WALL = 1_773_570_600_000_000L;

  @Test
  void clock_beforeAnythingArrives_hasNoTime() {
    assertThat(new StreamClock().now(WALL)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void liveStream_goesOnWithTheWallClockWhenItFallsSilent() {
    StreamClock clock = new StreamClock();
    clock.arrived(WALL - MINUTE, WALL);
    assertThat(clock.now(WALL)).isEqualTo(WALL);
    assertThat(clock.now(WALL + 60 * MINUTE)).isEqualTo(WALL + 60 * MINUTE);
  }

  @Test
  void replay_neverSeesTheWallClock() {
    StreamClock clock = new StreamClock();
    clock.arrived(WALL - 11 * MINUTE, WALL);
    assertThat(clock.now(WALL + 60 * MINUTE)).isEqualTo(WALL - 11 * MINUTE);
    clock.arrived(WALL - 20 * MINUTE, WALL);
    assertThat(clock.now(WALL)).as("time never goes back").isEqualTo(WALL - 11 * MINUTE);
  }

  @Test
  void restartedStream_isLiveAgainWhenNothingWaitsToBeRead() {
    StreamClock clock = new StreamClock(WALL, true, WALL + 60 * MINUTE);
    assertThat(clock.isLive()).as("after another restart too").isTrue();
    assertThat(clock.now(WALL + 61 * MINUTE)).isEqualTo(WALL);
    assertThat(clock.now(WALL + 62 * MINUTE)).isEqualTo(WALL + 62 * MINUTE);
  }

  @Test
  void restartedStreamWithABacklog_isNotLiveUntilItHasCaughtUp() {
    StreamClock clock = new StreamClock(WALL, true, WALL + 60 * MINUTE);
    clock.arrived(WALL + MINUTE, WALL + 61 * MINUTE);
    assertThat(clock.now(WALL + 63 * MINUTE)).isEqualTo(WALL + MINUTE);
    clock.arrived(WALL + 63 * MINUTE, WALL + 64 * MINUTE);
    assertThat(clock.now(WALL + 64 * MINUTE)).isEqualTo(WALL + 64 * MINUTE);
  }

  @Test
  void restartedReplay_staysOne() {
    StreamClock clock = new StreamClock(WALL, false, WALL + 60 * MINUTE);
    assertThat(clock.now(WALL + 99 * MINUTE)).isEqualTo(WALL);
  }
}

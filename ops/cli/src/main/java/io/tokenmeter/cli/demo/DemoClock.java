package io.tokenmeter.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The company's time in the demo: an hour in a minute, so that what takes minutes can be watched.
 *
 * <p>All of it has passed already, by {@link #BEHIND} at least: an event of the future would be
 * refused, and while what arrives is nearly of now, detectors go by the wall clock.
 */
final class DemoClock {
  /** How many times as fast as the wall clock it runs. */
  static final int SPEED = 60;

  private static final int PAST_THE_HOUR = 10;

  /** How far it stays behind the wall clock. */
  static final Duration BEHIND = Duration.ofMinutes(12);

  private final Instant live;
  private final @Nullable Duration fastFor;
  private final long startNanos;

  /**
   * A clock that goes on from a time now.
   *
   * @param live the time at the company
   * @param fastFor how long it is fast, until it jumps to the present and goes as any clock; null:
   *     for ever
   */
  DemoClock(Instant live, @Nullable Duration fastFor) {
    this.live = live;
    this.fastFor = fastFor;
    startNanos = System.nanoTime();
  }

  /**
   * What time it must be at the company for its clock to be fast so long and still in the past: ten
   * minutes past an hour, so that a day may have begun just before, in some zone.
   */
  static Instant beginning(Instant now, Duration fastFor) {
    Duration past = Duration.ofMinutes(PAST_THE_HOUR);
    Instant latest = now.minus(BEHIND).minus(fastFor.multipliedBy(SPEED));
    return latest.minus(past).truncatedTo(ChronoUnit.HOURS).plus(past);
  }

  /** Since the demo began, by the wall clock. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** The time at the company. */
  Instant now() {
    return isFast() ? live.plus(elapsed().multipliedBy(SPEED)) : Instant.now();
  }

  /** Whether it has not caught up with the present yet. */
  boolean isFast() {
    return fastFor == null || elapsed().compareTo(fastFor) < 0;
  }
}

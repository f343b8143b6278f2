package io.tokenmeter.cli.demo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How large and how long the demo is.
 *
 * @param rate events a second at the company's busiest, by the wall clock
 * @param seed of the traffic
 * @param duration when the demo ends by itself; null: never
 * @param configFile with which other commands reach the demo
 */
record DemoPlan(int rate, long seed, @Nullable Duration duration, String configFile) {
  /** What the company as it is sends a second. */
  static final int USUAL_RATE = 12;

  /** How many times its usual number of runs the company has. */
  double size() {
    return (double) rate / USUAL_RATE;
  }

  /** Whether the demo ends by itself after so long. */
  boolean isOver(Duration elapsed) {
    return duration != null && elapsed.compareTo(duration) >= 0;
  }

  /** How long the company's clock has to be fast. */
  Duration fastFor() {
    return duration == null ? Timeline.EVERYTHING.dividedBy(DemoClock.SPEED) : duration;
  }

  /** A demo without end goes on in the present when everything has happened. */
  boolean catchesUp() {
    return duration == null;
  }
}

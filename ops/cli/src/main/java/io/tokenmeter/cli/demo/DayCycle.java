package io.tokenmeter.cli.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * How busy people are through the day: least at four in the morning, most around four in the
 * afternoon.
 */
final class DayCycle {
  private static final double NIGHT = 0.3;
  private static final double DAY_SECONDS = 86_400;
  private static final double THREE = 15.0 / 24;
  private static final double LEAST_AT = 4.0 / 24;

  private final Instant three;

  /**
   * A cycle.
   *
   * @param three a moment at which it is three in the afternoon
   */
  DayCycle(Instant three) {
    this.three = three;
  }

  /** How busy people are: the mean of a day is 0.65, the most 1. */
  double at(Instant time) {
    double days = Duration.between(three, time).toSeconds() / DAY_SECONDS + THREE;
    double wave = 0.5 - 0.5 * Math.cos(2 * Math.PI * (days - LEAST_AT));
    return NIGHT + (1 - NIGHT) * wave;
  }
}

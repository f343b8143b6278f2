package io.tokenmeter.domain.alert;

import java.time.Duration;

/** How durations are written in sentences. */
public final class Durations {
  private Durations() {}

  /** Such as {@code 40 s}, {@code 12 min}, {@code 5 h} or {@code 3 days}; rounded down. */
  public static String text(Duration duration) {
    if (duration.toMinutes() < 2) {
      return duration.toSeconds() + " s";
    }
    if (duration.toHours() < 2) {
      return duration.toMinutes() + " min";
    }
    return duration.toHours() < 48 ? duration.toHours() + " h" : duration.toDays() + " days";
  }

  /** As {@link #text(Duration)}, of microseconds. */
  public static String text(long micros) {
    return text(Duration.ofMillis(micros / 1000));
  }
}

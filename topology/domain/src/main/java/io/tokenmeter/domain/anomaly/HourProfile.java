package io.tokenmeter.domain.anomaly;

/**
 * How a subject's spend is spread over the minutes of an hour, whichever hour: jobs start at the
 * full hour. Flat as far as little is known.
 */
final class HourProfile {
  private static final int MINUTES = 60;

  /** Hours it remembers: seven days. */
  private static final float MEMORY = 168;

  /** How far minutes are thought to differ before any is seen: squared relative deviation. */
  private static final double MINUTE_VARIANCE = 0.25;

  private final float[] dollars = new float[MINUTES];
  private float total;
  private float hours;

  /** Flat hours that what is known is mixed with: the more, the noisier single minutes are. */
  private float flatHours = MEMORY;

  /** Spend of a minute of the hour over that of the average minute. */
  double relative(int minute) {
    if (total <= 0 || hours < 1) {
      return 1;
    }
    double flat = flatHours / hours * total / MINUTES;
    return (dollars[minute] + flat) / (total / MINUTES + flat);
  }

  /**
   * The mean of {@link #relative} between two points of the hour.
   *
   * @param from minutes, 0 to 60
   * @param to minutes, above {@code from}
   */
  double mean(double from, double to) {
    double sum = 0;
    for (int minute = (int) from; minute < to; minute++) {
      double covered = Math.min(to, minute + 1) - Math.max(from, minute);
      sum += covered * relative(minute);
    }
    return sum / (to - from);
  }

  /** Adds what was spent in a minute of the hour. */
  void learn(int minute, double spent) {
    dollars[minute] += (float) spent;
    total += (float) spent;
  }

  /**
   * Ends an hour.
   *
   * @param variance relative variance of the spend of one minute
   */
  void closeHour(double variance) {
    flatHours = (float) Math.min(1e6, variance / MINUTE_VARIANCE);
    hours++;
    if (hours > MEMORY) {
      float kept = MEMORY / hours;
      hours = MEMORY;
      total = 0;
      for (int minute = 0; minute < MINUTES; minute++) {
        dollars[minute] *= kept;
        total += dollars[minute];
      }
    }
  }

  void write(StateWriter out) {
    out.reals(dollars);
    out.real(total);
    out.real(hours);
    out.real(flatHours);
  }

  static HourProfile read(StateReader in) {
    HourProfile profile = new HourProfile();
    in.reals(profile.dollars);
    profile.total = in.real();
    profile.hours = in.real();
    profile.flatHours = in.real();
    return profile;
  }
}

package io.tokenmeter.domain.anomaly.series;

/**
 * The next value, forecast by six simple rules, each trusted by how well it did lately: the last
 * value, means of three, twelve and a hundred rows, the usual value of this time of the day, and
 * the last value with the day's usual change.
 */
final class Forecast {
  private static final double SLOWEST_RATE = 0.005;
  private static final double TRUST_POWER = 4;
  private static final double MOST_ERROR = 6;

  private final RunningMean fast = new RunningMean(3);
  private final RunningMean medium = new RunningMean(12);
  private final RunningMean slow = new RunningMean(96);
  private final double[] forecasts = new double[6];
  private final double[] errors = new double[forecasts.length];
  private long rows;

  /**
   * The forecast of this row.
   *
   * @param last value of the row before
   * @param seasons at the time of this row
   */
  double next(double last, Seasons seasons) {
    forecasts[0] = last;
    forecasts[1] = fast.get();
    forecasts[2] = medium.get();
    forecasts[3] = slow.get();
    forecasts[4] = seasons.timeOfDay(medium.get());
    forecasts[5] = last + seasons.usualChange();
    return blend();
  }

  /**
   * Learns from the row that was forecast.
   *
   * @param usualError by which large errors are limited, so that one anomaly does not end all trust
   */
  void learn(double value, TypicalSize usualError) {
    rows++;
    double rate = Math.max(SLOWEST_RATE, 1.0 / rows);
    for (int i = 0; i < errors.length; i++) {
      double error = Math.abs(value - forecasts[i]);
      double counted =
          usualError.get() > 0 ? Math.min(error, MOST_ERROR * usualError.get()) : error;
      errors[i] += rate * (counted - errors[i]);
    }
    see(value);
  }

  /** Takes in a row that was not forecast. */
  void see(double value) {
    fast.add(value);
    medium.add(value);
    slow.add(value);
  }

  private double blend() {
    double least = errors[0];
    for (double error : errors) {
      least = Math.min(least, error);
    }
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < errors.length; i++) {
      double weight = errors[i] > least ? Math.pow(least / errors[i], TRUST_POWER) : 1;
      sum += weight * forecasts[i];
      weights += weight;
    }
    return sum / weights;
  }
}

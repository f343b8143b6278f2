package io.tokenmeter.domain.anomaly;

/**
 * Dollars expected at each point of an hour: the expected hours before, now and after it, joined by
 * straight lines from middle to middle, so that no step is expected at the full hour.
 *
 * @param before dollars expected of the hour before
 * @param current dollars expected of the hour
 * @param after dollars expected of the hour after
 */
record HourRates(float before, float current, float after) {

  /** Dollars expected between two points, minutes of the hour from 0 to 60. */
  double between(double from, double to) {
    return until(to) - until(from);
  }

  /** Dollars expected in the whole hour. */
  double whole() {
    return until(60);
  }

  /** The largest change from one hour to the next, dollars. */
  double steepest() {
    return Math.max(Math.abs(after - current), Math.abs(current - before));
  }

  private double until(double minute) {
    double first = Math.min(minute, 30) / 60;
    double middle = ((double) before + current) / 2;
    double sum = first * (middle + (current - middle) * first);
    if (minute > 30) {
      double second = (minute - 30) / 60;
      sum += second * (current + ((double) after - current) * second / 2);
    }
    return sum;
  }

  void write(StateWriter out) {
    out.real(before);
    out.real(current);
    out.real(after);
  }

  static HourRates read(StateReader in) {
    return new HourRates(in.real(), in.real(), in.real());
  }
}

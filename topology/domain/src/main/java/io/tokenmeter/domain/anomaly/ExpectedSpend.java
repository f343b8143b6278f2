package io.tokenmeter.domain.anomaly;

/**
 * Dollars that a subject is expected to spend in the hour that runs.
 *
 * @param rates by the hour of the week
 * @param doubt dollars by which that may be wrong, of the hour
 * @param profile by the minute of the hour
 */
record ExpectedSpend(HourRates rates, double doubt, HourProfile profile) {

  /**
   * Dollars expected of a part of the hour.
   *
   * @param minute where it begins, minutes since the epoch
   * @param minutes how long it is; not beyond the hour
   */
  float dollars(long minute, double minutes) {
    double from = Math.floorMod(minute, 60L);
    double to = from + minutes;
    return (float) (rates.between(from, to) * profile.mean(from, to));
  }

  /** Dollars by which that may be wrong, see {@link #dollars}. */
  float doubt(long minute, double minutes) {
    double from = Math.floorMod(minute, 60L);
    return (float) (doubt * minutes / 60 * profile.mean(from, from + minutes));
  }
}

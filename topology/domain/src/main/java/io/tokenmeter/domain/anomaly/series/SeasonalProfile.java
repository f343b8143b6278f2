package io.tokenmeter.domain.anomaly.series;

/**
 * The usual value at each time of a period, such as of the day: a running mean per slot of one
 * step. Slots are found by the clock, so gaps, repeated and backward times do no harm.
 */
final class SeasonalProfile {
  private final long periodMillis;
  private final long offsetMillis;
  private final double slotMillis;
  private final double rate;
  private final double[] values;
  private final int[] seen;

  /**
   * A profile of nothing.
   *
   * @param periodMillis length of the period, milliseconds
   * @param offsetMillis since the epoch, at which a period begins
   * @param stepMillis between rows, milliseconds
   * @param mostSlots what a slot's number may not exceed; shorter steps share a slot
   * @param rate share of a new value in its slot's mean once the slot has several
   */
  SeasonalProfile(
      long periodMillis, long offsetMillis, long stepMillis, int mostSlots, double rate) {
    int slots = (int) Math.max(1, Math.min(mostSlots, Math.round(1.0 * periodMillis / stepMillis)));
    this.periodMillis = periodMillis;
    this.offsetMillis = offsetMillis;
    this.slotMillis = 1.0 * periodMillis / slots;
    this.rate = rate;
    this.values = new double[slots];
    this.seen = new int[slots];
  }

  /** The slot of a time. */
  int slot(long millis) {
    long within = Math.floorMod(millis - offsetMillis, periodMillis);
    return Math.min(values.length - 1, (int) (within / slotMillis));
  }

  /** The slot before this one, which for the first is the last. */
  int before(int slot) {
    return slot == 0 ? values.length - 1 : slot - 1;
  }

  /** How many values a slot has had. */
  int seen(int slot) {
    return seen[slot];
  }

  /** The usual value of a slot that has had one. */
  double value(int slot) {
    return values[slot];
  }

  void add(int slot, double value) {
    seen[slot] = Math.min(seen[slot] + 1, 1 << 20);
    values[slot] += Math.max(rate, 1.0 / seen[slot]) * (value - values[slot]);
  }
}

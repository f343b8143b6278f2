package io.tokenmeter.domain.anomaly;

/**
 * Dollars of a subject in each hour of the last week and a day, and in the hour that runs.
 *
 * <p>Past hours keep 9 significant bits in two bytes each: baselines need no more, and money is
 * never taken from here.
 */
final class HourlyHistory {
  /** Seven days. */
  static final int HOURS = 168;

  /** Two days more, so that seven whole days lie before each of the last two. */
  private static final int KEPT = HOURS + 48;

  /** An hour of which less was seen than this, minutes, is not counted. */
  private static final int LEAST_MINUTES = 20;

  private final short[] past = new short[KEPT];

  /** The hour that runs, hours since the epoch. */
  private long hour;

  /** The first hour that counts. */
  private long first;

  private int firstMinutes = 60;
  private float running;

  /** A history that begins in a minute, minutes since the epoch. */
  static HourlyHistory from(long minute) {
    HourlyHistory history = new HourlyHistory();
    history.hour = Math.floorDiv(minute, 60L);
    int seen = (int) (60 - Math.floorMod(minute, 60L));
    history.first = history.hour + (seen < LEAST_MINUTES ? 1 : 0);
    history.firstMinutes = seen < LEAST_MINUTES ? 60 : seen;
    return history;
  }

  /** The hour that runs, hours since the epoch. */
  long hour() {
    return hour;
  }

  /** Dollars of the hour that runs, so far. */
  double running() {
    return Math.max(0, running);
  }

  /** The oldest past hour that is kept and counts, hours since the epoch. */
  long oldest() {
    return Math.max(first, hour - KEPT);
  }

  /** How many of the last seven days' hours count, 0 to 168. */
  int known() {
    return (int) Math.max(0, Math.min(HOURS, hour - first));
  }

  /** Dollars of a past hour that counts: {@link #oldest} or later. */
  double at(long pastHour) {
    return decode(past[index(pastHour)]);
  }

  /**
   * Dollars between two points of past hours, each hour's spread evenly.
   *
   * @param from hours since the epoch, {@link #oldest} or later
   * @param to hours since the epoch
   */
  double between(double from, double to) {
    double sum = 0;
    for (long past = (long) Math.floor(from); past < to && past < hour; past++) {
      sum += at(past) * (Math.min(to, past + 1) - Math.max(from, past));
    }
    return sum;
  }

  /** Adds dollars to an hour; what is older than is kept, or in the future, changes nothing. */
  void add(long when, double dollars) {
    if (when == hour) {
      running += (float) dollars;
    } else if (when < hour && when >= hour - KEPT) {
      past[index(when)] = encode(at(when) + dollars);
    }
  }

  /** Replaces a past hour. */
  void set(long when, double dollars) {
    if (when < hour && when >= hour - KEPT) {
      past[index(when)] = encode(dollars);
    }
  }

  /** Ends the hour that runs and begins the next. */
  void close(double dollars) {
    double whole = hour == first ? dollars * 60 / firstMinutes : dollars;
    past[index(hour)] = encode(whole);
    hour++;
    running = 0;
  }

  /** Takes all past hours for so many times what they were. */
  void scale(double factor) {
    for (int i = 0; i < KEPT; i++) {
      past[i] = encode(decode(past[i]) * factor);
    }
  }

  void write(StateWriter out) {
    out.whole(hour);
    out.whole(first);
    out.whole(firstMinutes);
    out.real(running);
    out.shorts(past);
  }

  static HourlyHistory read(StateReader in) {
    HourlyHistory history = new HourlyHistory();
    history.hour = in.whole();
    history.first = in.whole();
    history.firstMinutes = in.count(60);
    history.running = in.real();
    in.shorts(history.past);
    return history;
  }

  private static int index(long when) {
    return (int) Math.floorMod(when, (long) KEPT);
  }

  /** Exponent and the first 8 bits of the fraction of a float that is not negative, rounded. */
  private static short encode(double dollars) {
    return (short) ((Float.floatToIntBits((float) Math.max(0, dollars)) + (1 << 14)) >>> 15);
  }

  private static double decode(short code) {
    return Float.intBitsToFloat((code & 0xFFFF) << 15);
  }
}

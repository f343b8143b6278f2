package io.tokenmeter.domain.usage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The quantities one event reports: a whole count per {@link Unit}, and millionths per flat unit.
 *
 * <p>Absent is not zero. Totals include their subsets. Mutable and meant to be reused from event to
 * event; not thread-safe. It stores what it is given, negative or not: {@link UsageValidator}
 * judges.
 */
public final class UsageQuantities {

  /** Returned for a unit that the event does not report. */
  public static final long ABSENT = -1;

  /** Millionths in one flat unit. */
  public static final long MICROS_PER_UNIT = 1_000_000;

  /** No request has more flat units; a bound, because each is looked for among the others. */
  public static final int MAX_FLAT_UNITS = 256;

  private final long[] counts = new long[Unit.COUNT];
  private long reported;
  private String[] flatNames = new String[4];
  private long[] flatMicros = new long[4];
  private int flatCount;
  private @Nullable Rejection problem;

  public void clear() {
    reported = 0;
    flatCount = 0;
    problem = null;
  }

  public UsageQuantities set(Unit unit, long count) {
    counts[unit.ordinal()] = count;
    reported |= unit.bit();
    return this;
  }

  /**
   * Sets a quantity by its name, as {@code extra_units} carries it.
   *
   * @param micros millionths of a unit; a token count must be whole, otherwise {@link #problem}
   *     says so
   */
  public UsageQuantities setExtra(String name, long micros) {
    Unit unit = Unit.byName(name);
    if (unit == null) {
      setFlat(name, micros);
    } else if (micros % MICROS_PER_UNIT != 0) {
      problem = Rejection.fractionalTokens(name, micros);
    } else {
      setOnce(unit, micros / MICROS_PER_UNIT);
    }
    return this;
  }

  /** The count, or {@link #ABSENT} if the event does not report the unit. */
  public long get(Unit unit) {
    return has(unit) ? counts[unit.ordinal()] : ABSENT;
  }

  public boolean has(Unit unit) {
    return (reported & unit.bit()) != 0;
  }

  /** The set of reported units, one {@link Unit#bit()} each. */
  public long reportedBits() {
    return reported;
  }

  /** Number of flat units reported. */
  public int flatCount() {
    return flatCount;
  }

  public String flatName(int index) {
    return flatNames[index];
  }

  /** Millionths of the flat unit at {@code index}. */
  public long flatMicros(int index) {
    return flatMicros[index];
  }

  /** Position of a flat unit, or -1 if the event does not report it. */
  public int indexOfFlat(String name) {
    for (int i = 0; i < flatCount; i++) {
      if (flatNames[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  public boolean isEmpty() {
    return reported == 0 && flatCount == 0;
  }

  /** What was wrong with a quantity as it was set, or null. */
  public @Nullable Rejection problem() {
    return problem;
  }

  private void setOnce(Unit unit, long count) {
    if (has(unit) && get(unit) != count) {
      problem = Rejection.reportedTwice(unit, get(unit), count);
    }
    set(unit, count);
  }

  private void setFlat(String name, long micros) {
    int index = indexOfFlat(name);
    if (index < 0 && flatCount == MAX_FLAT_UNITS) {
      problem = Rejection.tooManyUnits(MAX_FLAT_UNITS);
      return;
    }
    if (index < 0) {
      index = flatCount++;
      if (index == flatNames.length) {
        flatNames = Arrays.copyOf(flatNames, 2 * index);
        flatMicros = Arrays.copyOf(flatMicros, 2 * index);
      }
    }
    flatNames[index] = name;
    flatMicros[index] = micros;
  }
}

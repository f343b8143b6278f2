package io.tokenmeter.domain.usage;

import org.jspecify.annotations.Nullable;

/**
 * An event's token counts, split into cells that do not overlap: what was reported for a unit,
 * minus what was reported for its parts.
 *
 * <p>Reports are inclusive: 100 input tokens of which 30 cache reads are a cell of 70 plain input
 * and a cell of 30 cache reads. A total that is not reported is the sum of its reported parts. A
 * total that is smaller than its parts is a contradiction, unless two parts may overlap and their
 * common part is not reported: see {@link Overlap}.
 *
 * <p>Reusable scratch space; not thread-safe.
 */
public final class UsageCells {

  private final long[] cells = new long[Unit.COUNT];
  private long units;

  /**
   * Splits the counts, which must not be negative.
   *
   * @return the contradiction in them, or null if they make sense
   */
  public @Nullable Rejection split(UsageQuantities quantities) {
    units = quantities.reportedBits();
    for (long left = units; left != 0; ) {
      Unit unit = Unit.at(63 - Long.numberOfLeadingZeros(left)); // parts stand after their totals
      left ^= unit.bit();
      long count = quantities.get(unit);
      long parts = sum(unit.descendantBits());
      if (parts > count) {
        parts -= Overlap.settle(this, unit, quantities.reportedBits(), parts - count);
        if (parts > count) {
          return Rejection.partsExceedTotal(unit, count, parts);
        }
      }
      cells[unit.ordinal()] = count - parts;
    }
    return null;
  }

  /** The set of units that may have a cell above zero. */
  public long units() {
    return units;
  }

  /** Tokens that are of this unit and of none of its reported parts. */
  public long cell(Unit unit) {
    return (units & unit.bit()) == 0 ? 0 : cells[unit.ordinal()];
  }

  /** Tokens of this unit, parts included, as reported or as the sum of what is reported. */
  public long total(Unit unit) {
    return cell(unit) + sum(unit.descendantBits());
  }

  /** Moves tokens that were counted both in {@code a} and in {@code b} to their common part. */
  void moveToCommon(Unit a, Unit b, Unit common, long tokens) {
    long before = cell(common);
    units |= common.bit();
    cells[a.ordinal()] -= tokens;
    cells[b.ordinal()] -= tokens;
    cells[common.ordinal()] = before + tokens;
  }

  private long sum(long unitBits) {
    long sum = 0;
    for (long left = unitBits & units; left != 0; left &= left - 1) {
      sum += cells[Long.numberOfTrailingZeros(left)];
    }
    return sum;
  }
}

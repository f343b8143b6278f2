package io.tokenmeter.domain.usage;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the overlap that a report leaves unsaid.
 *
 * <p>A provider may report 1000 input tokens, 1000 of them text and 400 of them cache reads,
 * without saying that the 400 are cached text. That is no contradiction: parts of different kinds
 * overlap. They are taken to overlap only as far as the total demands, and never where their common
 * part is reported.
 *
 * <p>Every overlap is between a unit without a modality (a cache read) and one with (text). Tokens
 * of the first are assigned to the second one by one; where a second is used up, tokens that were
 * assigned to it earlier are moved elsewhere if they can be (augmenting paths, as in bipartite
 * matching). So a report that makes sense is accepted, unless it has gaps at two levels at once: in
 * the lifetimes of cache writes and in the input.
 */
final class Overlap {

  private final UsageCells cells;
  private final Unit total;
  private final long reported;
  private final List<Unit> kinds = new ArrayList<>();
  private final List<Unit> modalities = new ArrayList<>();
  private final long[][] shared;
  private final long[] free;
  private long tried;

  private Overlap(UsageCells cells, Unit total, long reported) {
    this.cells = cells;
    this.total = total;
    this.reported = reported;
    for (long left = total.descendantBits() & cells.units(); left != 0; left &= left - 1) {
      Unit unit = Unit.at(Long.numberOfTrailingZeros(left));
      if (cells.cell(unit) > 0) {
        (unit.hasModality() ? modalities : kinds).add(unit);
      }
    }
    shared = new long[kinds.size()][modalities.size()];
    free = modalities.stream().mapToLong(cells::cell).toArray();
  }

  /**
   * Moves up to {@code excess} tokens into common parts of {@code total}'s parts.
   *
   * @param reported units the event reports itself, whose totals must stay as they are
   * @return how many tokens were found to be counted twice
   */
  static long settle(UsageCells cells, Unit total, long reported, long excess) {
    return new Overlap(cells, total, reported).settle(excess);
  }

  private long settle(long excess) {
    long left = excess;
    for (int kind = 0; kind < kinds.size(); kind++) {
      long unassigned = Math.min(left, cells.cell(kinds.get(kind)));
      long assigned = -1;
      while (unassigned > 0 && assigned != 0) {
        tried = 0;
        assigned = assign(kind, unassigned);
        unassigned -= assigned;
        left -= assigned;
      }
    }
    moveShared();
    return excess - left;
  }

  /** Finds room for up to {@code tokens} of a kind and returns for how many; 0 if there is none. */
  private long assign(int kind, long tokens) {
    for (int m = 0; m < modalities.size(); m++) {
      if ((tried & 1L << m) == 0 && mayOverlap(kinds.get(kind), modalities.get(m))) {
        tried |= 1L << m;
        long room = free[m] > 0 ? Math.min(tokens, free[m]) : 0;
        free[m] -= room;
        room = room > 0 ? room : makeRoom(m, tokens);
        if (room > 0) {
          shared[kind][m] += room;
          return room;
        }
      }
    }
    return 0;
  }

  /** Moves tokens that were assigned to a modality to another one. */
  private long makeRoom(int modality, long tokens) {
    for (int other = 0; other < kinds.size(); other++) {
      long movable = Math.min(tokens, shared[other][modality]);
      long moved = movable > 0 ? assign(other, movable) : 0;
      if (moved > 0) {
        shared[other][modality] -= moved;
        return moved;
      }
    }
    return 0;
  }

  private void moveShared() {
    for (int kind = 0; kind < kinds.size(); kind++) {
      for (int m = 0; m < modalities.size(); m++) {
        if (shared[kind][m] > 0) {
          Unit common = commonPart(kinds.get(kind), modalities.get(m));
          cells.moveToCommon(kinds.get(kind), modalities.get(m), common, shared[kind][m]);
        }
      }
    }
  }

  /** Whether two parts have a common part that is open, and no reported total but the given one. */
  private boolean mayOverlap(Unit a, Unit b) {
    if ((a.descendantBits() & b.descendantBits()) == 0 || b.isPartOf(a)) {
      return false;
    }
    Unit common = commonPart(a, b);
    long above = a.bit() | b.bit() | a.ancestorBits() | b.ancestorBits();
    long fixed = common.bit() | (common.ancestorBits() & ~above);
    long totalsBetween = a.ancestorBits() & b.ancestorBits() & total.descendantBits();
    return ((fixed | totalsBetween) & reported) == 0;
  }

  /** The largest unit that is part of both; parts stand after their totals. */
  private static Unit commonPart(Unit a, Unit b) {
    return Unit.at(Long.numberOfTrailingZeros(a.descendantBits() & b.descendantBits()));
  }
}

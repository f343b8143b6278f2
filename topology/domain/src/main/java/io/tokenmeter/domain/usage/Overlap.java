package io.tokenmeter.domain.usage;

/**
 * Finds the overlap that a report leaves unsaid.
 *
 * <p>A provider may report 1000 input tokens, 1000 of them text and 400 of them cache reads,
 * without saying that the 400 are cached text. That is no contradiction: the parts of different
 * kinds overlap. They are taken to overlap only as far as the total demands, in the order of the
 * units; nothing is assumed where the common part is reported.
 */
final class Overlap {

  private Overlap() {}

  /**
   * Moves up to {@code excess} tokens into common parts of {@code total}'s parts.
   *
   * @param reported units the event reports itself, whose totals must stay as they are
   * @return how many tokens were found to be counted twice
   */
  static long settle(UsageCells cells, Unit total, long reported, long excess) {
    long parts = total.descendantBits() & cells.units();
    long settled = 0;
    for (long as = parts; as != 0 && settled < excess; as &= as - 1) {
      Unit a = Unit.at(Long.numberOfTrailingZeros(as));
      for (long bs = as & (as - 1); bs != 0 && settled < excess; bs &= bs - 1) {
        Unit b = Unit.at(Long.numberOfTrailingZeros(bs));
        long shared = Math.min(excess - settled, Math.min(cells.cell(a), cells.cell(b)));
        if (shared > 0 && mayOverlap(a, b, total, reported)) {
          cells.moveToCommon(a, b, commonPart(a, b), shared);
          settled += shared;
        }
      }
    }
    return settled;
  }

  private static boolean mayOverlap(Unit a, Unit b, Unit total, long reported) {
    long commonParts = a.descendantBits() & b.descendantBits();
    if (commonParts == 0 || a.isPartOf(b) || b.isPartOf(a)) {
      return false;
    }
    Unit common = commonPart(a, b);
    long above = a.bit() | b.bit() | a.ancestorBits() | b.ancestorBits();
    long fixedElsewhere = common.bit() | (common.ancestorBits() & ~above);
    long totalsBetween = a.ancestorBits() & b.ancestorBits() & total.descendantBits();
    return ((fixedElsewhere | totalsBetween) & reported) == 0;
  }

  /** The largest unit that is part of both; parts stand after their totals. */
  private static Unit commonPart(Unit a, Unit b) {
    return Unit.at(Long.numberOfTrailingZeros(a.descendantBits() & b.descendantBits()));
  }
}

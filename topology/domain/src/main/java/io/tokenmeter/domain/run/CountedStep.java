package io.tokenmeter.domain.run;

import io.tokenmeter.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a step has counted for before it is corrected.
 *
 * <p>Layouts that keep what is true of a step as the bits of one number leave bits 3, 6 and 7 to
 * this.
 *
 * @param unpriced whether it had no price
 * @param fallback whether a unit was billed at another rate than its own
 * @param cost what it cost; zero while unpriced
 */
public record CountedStep(boolean unpriced, boolean fallback, Money cost) {
  private static final int CORRECTION = 1 << 3;
  private static final int WAS_PRICED = 1 << 6;
  private static final int WAS_FALLBACK = 1 << 7;

  /** A step that had no price. */
  public static final CountedStep UNPRICED = new CountedStep(true, false, Money.ZERO);

  /** The bits; none for a step that was not counted before. */
  public static int flags(@Nullable CountedStep counted) {
    return counted == null
        ? 0
        : CORRECTION | (counted.unpriced ? 0 : WAS_PRICED) | (counted.fallback ? WAS_FALLBACK : 0);
  }

  /** Whether the bits stand for a step that had a cost, which has to be kept beside them. */
  public static boolean hasCost(int flags) {
    return (flags & WAS_PRICED) != 0;
  }

  /** What the bits stand for; null for a step that was not counted before. */
  public static @Nullable CountedStep of(int flags, Money cost) {
    if ((flags & CORRECTION) == 0) {
      return null;
    }
    return hasCost(flags) ? new CountedStep(false, (flags & WAS_FALLBACK) != 0, cost) : UNPRICED;
  }
}

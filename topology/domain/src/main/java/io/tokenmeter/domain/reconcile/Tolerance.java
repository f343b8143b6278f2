package io.tokenmeter.domain.reconcile;

import java.math.BigDecimal;

/**
 * How far metered and billed may be apart.
 *
 * @param share part of what is billed, 0 to 1; for tokens and dollars
 * @param usd dollars that are always within, so that a cent is no finding
 */
public record Tolerance(BigDecimal share, BigDecimal usd) {
  /** One percent, or a cent. */
  public static final Tolerance USUAL =
      new Tolerance(new BigDecimal("0.01"), new BigDecimal("0.01"));

  /**
   * Checks a tolerance.
   *
   * @throws IllegalArgumentException if a part is negative or the share is above 1
   */
  public Tolerance {
    if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0 || usd.signum() < 0) {
      throw new IllegalArgumentException(
          "a tolerance is a share from 0 to 1 and dollars from 0 on, not " + share + " and " + usd);
    }
  }

  boolean agree(long billed, long metered) {
    return BigDecimal.valueOf(billed)
            .subtract(BigDecimal.valueOf(metered))
            .abs()
            .compareTo(share.multiply(BigDecimal.valueOf(billed).abs()))
        <= 0;
  }

  boolean agree(BigDecimal billed, BigDecimal metered) {
    BigDecimal difference = billed.subtract(metered).abs();
    return difference.compareTo(usd.max(share.multiply(billed.abs()))) <= 0;
  }
}

package io.tokenmeter.domain.savings;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Shares as people read them. */
final class Percent {
  private Percent() {}

  /** A share as percents to one decimal. */
  static String of(double share) {
    return BigDecimal.valueOf(share * 100).setScale(1, RoundingMode.HALF_EVEN) + " %";
  }
}

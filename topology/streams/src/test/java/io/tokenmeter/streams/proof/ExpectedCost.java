package io.tokenmeter.streams.proof;

import io.tokenmeter.schemas.PricingStatus;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/**
 * What an event must cost.
 *
 * @param byKind USD by kind; empty for an event without a cost, which is not a cost of zero
 */
record ExpectedCost(PricingStatus status, boolean hasCost, Map<Kind, BigDecimal> byKind) {

  enum Kind {
    INPUT,
    CACHE_READ,
    CACHE_WRITE,
    OUTPUT,
    FEE;

    static Kind of(String unit) {
      return switch (unit) {
        case "cache_read_tokens" -> CACHE_READ;
        case "cache_write_tokens", "cache_write_1h_tokens" -> CACHE_WRITE;
        case "output_tokens", "output_reasoning_tokens" -> OUTPUT;
        default -> TokenUnits.isToken(unit) ? INPUT : FEE;
      };
    }
  }

  static ExpectedCost unpriced() {
    return new ExpectedCost(PricingStatus.UNPRICED, false, Map.of());
  }

  /** Of a span that repeats its children's usage. */
  static ExpectedCost ofRollupSpan() {
    return new ExpectedCost(PricingStatus.PRICED, false, Map.of());
  }

  static ExpectedCost of(boolean fallback, Map<Kind, BigDecimal> byKind) {
    return new ExpectedCost(
        fallback ? PricingStatus.FALLBACK : PricingStatus.PRICED,
        true,
        byKind.isEmpty() ? Map.of() : new EnumMap<>(byKind));
  }

  boolean isUnpriced() {
    return status == PricingStatus.UNPRICED;
  }

  BigDecimal of(Kind kind) {
    return byKind.getOrDefault(kind, BigDecimal.ZERO);
  }
}

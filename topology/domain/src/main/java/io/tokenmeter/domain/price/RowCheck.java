package io.tokenmeter.domain.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Checks what a row says about itself: names, patterns, dates, multipliers. */
final class RowCheck {

  private static final BigDecimal UNUSUAL_BELOW = new BigDecimal("0.5");
  private static final BigDecimal UNUSUAL_ABOVE = BigDecimal.valueOf(2);

  private RowCheck() {}

  static void check(PriceRow row, RowFindings findings) {
    if (row.provider().isBlank() || row.model().isBlank()) {
      findings.error("NAME_MISSING", "The row has no provider or no model. Name both.");
    }
    if (row.prices().isEmpty()) {
      findings.warning(
          "NOTHING_PRICED",
          "The row prices no unit, so its events stay unpriced. Add prices, explicit zeros if it is"
              + " free, or remove the row.");
    }
    checkDates(row, findings);
    row.patterns().forEach(pattern -> checkPattern(pattern, findings));
    row.regionMultipliers().forEach((region, factor) -> checkMultiplier(region, factor, findings));
  }

  private static void checkDates(PriceRow row, RowFindings findings) {
    Instant from = row.effectiveFrom();
    Instant to = row.effectiveTo();
    if (from != null && to != null && !from.isBefore(to)) {
      findings.error(
          "NEVER_EFFECTIVE",
          "effective_to " + to + " is not after effective_from " + from + ". Correct one of them.");
    }
  }

  private static void checkPattern(ModelPattern pattern, RowFindings findings) {
    if (pattern.text().isBlank()) {
      findings.error(
          "BAD_PATTERN", "A model pattern is empty and would match every model. Remove it.");
    } else if (pattern.kind() == ModelPattern.Kind.REGEX) {
      try {
        Pattern.compile(pattern.text());
      } catch (PatternSyntaxException e) {
        findings.error(
            "BAD_PATTERN",
            "The regular expression "
                + pattern.text()
                + " does not compile: "
                + e.getDescription());
      }
    }
  }

  private static void checkMultiplier(String region, BigDecimal factor, RowFindings findings) {
    if (factor.signum() <= 0) {
      findings.error(
          "BAD_MULTIPLIER",
          "The multiplier of region "
              + region
              + " is "
              + factor.toPlainString()
              + ". It must be above zero; 1.1 means 10 % more.");
    } else if (factor.compareTo(UNUSUAL_BELOW) < 0 || factor.compareTo(UNUSUAL_ABOVE) > 0) {
      findings.warning(
          "UNUSUAL_MULTIPLIER",
          "The multiplier of region "
              + region
              + " is "
              + factor.toPlainString()
              + ", outside 0.5 to 2. Check that it is a factor and not a percentage.");
    }
  }
}

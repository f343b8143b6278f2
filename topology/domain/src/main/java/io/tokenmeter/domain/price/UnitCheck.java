package io.tokenmeter.domain.price;

import io.tokenmeter.domain.money.Picos;
import io.tokenmeter.domain.usage.Unit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks a row's prices one by one: names, repetitions, signs, thresholds, and what is left out.
 */
final class UnitCheck {

  private static final String TOKENS = "_tokens";

  private UnitCheck() {}

  static void check(PriceRow row, RowFindings findings) {
    check(row.prices(), "", findings);
    for (TimeWindow window : row.windows()) {
      check(window.prices(), " in window " + window.name(), findings);
    }
    checkLeftOut(row, findings);
  }

  private static void check(List<UnitPrice> prices, String where, RowFindings findings) {
    Set<String> seen = new HashSet<>();
    for (UnitPrice price : prices) {
      String what = price.unit() + " at tier " + price.serviceTier() + where;
      if (!seen.add(PriceLookup.tierName(price.serviceTier()) + ' ' + nameOf(price))) {
        findings.error("UNIT_PRICED_TWICE", what + " has two prices. Remove the wrong one.");
      }
      if (price.unit().isBlank()
          || (price.unit().endsWith(TOKENS) && Unit.byName(price.unit()) == null)) {
        findings.error(
            "UNKNOWN_UNIT",
            what
                + ": no token unit has this name, so nothing would be billed at it. Use a name of"
                + " the unit table, such as input_tokens or cache_read_tokens.");
      }
      checkAmounts(price, what, findings);
    }
  }

  private static void checkAmounts(UnitPrice price, String what, RowFindings findings) {
    List<Long> amounts = new ArrayList<>(List.of(price.picosPerUnit()));
    long previous = 0;
    for (ContextTier tier : price.contextTiers()) {
      amounts.add(tier.picosPerUnit());
      if (tier.threshold() <= previous) {
        findings.error(
            "THRESHOLDS_NOT_ASCENDING",
            what
                + " has the context threshold "
                + tier.threshold()
                + " after "
                + previous
                + ". List each threshold once, ascending and above zero.");
      }
      previous = tier.threshold();
    }
    for (long picos : amounts) {
      if (picos < 0) {
        findings.error(
            "NEGATIVE_PRICE",
            what
                + " costs "
                + Picos.toPlainString(picos)
                + " USD a unit. A price is zero or more;"
                + " leave the unit out if its price is unknown.");
      }
    }
  }

  private static void checkLeftOut(PriceRow row, RowFindings findings) {
    Set<String> standard = unitsAt(UnitPrice.STANDARD, row.prices());
    Set<String> reported = new HashSet<>();
    List<UnitPrice> all = new ArrayList<>(row.prices());
    row.windows().forEach(window -> all.addAll(window.prices()));
    for (UnitPrice price : all) {
      if (!standard.contains(nameOf(price)) && reported.add(nameOf(price))) {
        findings.warning(
            "NO_STANDARD_PRICE",
            price.unit()
                + " has a price at tier "
                + price.serviceTier()
                + " or in a window only."
                + " Price it at the standard tier too, where other tiers fall back to.");
      }
    }
    for (Unit cached :
        List.of(Unit.CACHE_AUDIO_READ, Unit.CACHE_IMAGE_READ, Unit.CACHE_VIDEO_READ)) {
      checkCommonPart(cached, standard, findings);
    }
  }

  /**
   * Cached audio is often dearer than cached text and cheaper than audio; neither price fits it.
   */
  private static void checkCommonPart(Unit common, Set<String> priced, RowFindings findings) {
    List<String> wholes = common.parents().stream().map(Unit::wireName).toList();
    if (priced.containsAll(wholes) && !priced.contains(common.wireName())) {
      findings.warning(
          "COMMON_PART_NOT_PRICED",
          String.join(" and ", wholes)
              + " have prices, but "
              + common.wireName()
              + ", which is part of both, has none and is billed as "
              + wholes.get(0)
              + ". Price it if the provider does.");
    }
  }

  private static Set<String> unitsAt(String tier, List<UnitPrice> prices) {
    Set<String> units = new HashSet<>();
    for (UnitPrice price : prices) {
      if (PriceLookup.tierName(price.serviceTier()).equals(tier)) {
        units.add(nameOf(price));
      }
    }
    return units;
  }

  private static String nameOf(UnitPrice price) {
    Unit unit = Unit.byName(price.unit());
    return unit == null ? price.unit() : unit.wireName();
  }
}

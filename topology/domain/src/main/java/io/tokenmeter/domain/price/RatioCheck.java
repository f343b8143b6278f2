package io.tokenmeter.domain.price;

import io.tokenmeter.domain.price.PriceLookup.Found;
import io.tokenmeter.domain.usage.Unit;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares a row's prices with one another. A price that is a thousand times too high is usually a
 * price per million taken for one per thousand, and shows in its ratio to its neighbours.
 *
 * <p>The bands hold all but about one in a hundred prices of the public lists of 2026.
 */
final class RatioCheck {

  private record Band(Unit unit, Unit reference, String from, String to) {}

  private static final List<Band> UNITS =
      List.of(
          new Band(Unit.OUTPUT, Unit.INPUT, "0.8", "12"),
          new Band(Unit.CACHE_READ, Unit.INPUT, "0.01", "0.8"),
          new Band(Unit.CACHE_WRITE, Unit.INPUT, "1", "2"),
          new Band(Unit.CACHE_WRITE_1H, Unit.INPUT, "1", "2.5"));

  private record TierBand(String tier, String from, String to) {}

  private static final List<TierBand> TIERS =
      List.of(
          new TierBand("batch", "0.4", "1"),
          new TierBand("flex", "0.4", "1"),
          new TierBand("priority", "1", "3"));

  private RatioCheck() {}

  static void check(PriceRow row, RowFindings findings) {
    PriceLookup lookup = new PriceLookup(row, null);
    for (String tier : lookup.tiers()) {
      checkUnits(lookup, tier, "", findings);
    }
    for (TimeWindow window : row.windows()) {
      PriceLookup inWindow = new PriceLookup(row, window);
      checkUnits(inWindow, UnitPrice.STANDARD, " in window " + window.name(), findings);
    }
    checkTiers(lookup, findings);
  }

  private static void checkUnits(
      PriceLookup lookup, String tier, String where, RowFindings findings) {
    String at = (tier.equals(UnitPrice.STANDARD) ? "" : " at tier " + tier) + where;
    for (Unit unit : Unit.values()) {
      if (unit.isPartOf(Unit.CACHE_READ)) {
        checkCacheRead(lookup, tier, unit, at, findings);
      }
    }
    for (Band band : UNITS) {
      UnitPrice price = own(lookup, tier, band.unit);
      UnitPrice reference = own(lookup, tier, band.reference);
      String what = band.unit.wireName() + at;
      if (price != null && reference != null && !isDearerCacheRead(band, price, reference)) {
        check(what, band.reference.wireName(), price, reference, band.from, band.to, findings);
      }
    }
  }

  /**
   * A cache read is compared with the input of its modality, or with all input if that has no
   * price.
   */
  private static void checkCacheRead(
      PriceLookup lookup, String tier, Unit unit, String at, RowFindings findings) {
    Unit input = unit == Unit.CACHE_READ ? Unit.INPUT : unit.parents().get(1);
    UnitPrice read = own(lookup, tier, unit);
    Found full = lookup.find(tier, input);
    if (read != null && full != null && read.picosPerUnit() > full.price().picosPerUnit()) {
      findings.error(
          "CACHE_READ_DEARER_THAN_INPUT",
          unit.wireName()
              + at
              + " is dearer than "
              + full.unit()
              + ". A cache read is a discount:"
              + " the two prices may have been exchanged.");
    }
  }

  private static void checkTiers(PriceLookup lookup, RowFindings findings) {
    for (TierBand band : TIERS) {
      for (Unit unit : List.of(Unit.INPUT, Unit.OUTPUT, Unit.CACHE_READ)) {
        UnitPrice price = own(lookup, band.tier, unit);
        UnitPrice standard = own(lookup, UnitPrice.STANDARD, unit);
        if (price != null && standard != null) {
          String what = unit.wireName() + " at tier " + band.tier;
          check(what, "the standard tier", price, standard, band.from, band.to, findings);
        }
      }
    }
  }

  /** Zero is a deliberate price and has no ratio. */
  private static void check(
      String what,
      String than,
      UnitPrice price,
      UnitPrice reference,
      String from,
      String to,
      RowFindings findings) {
    if (price.picosPerUnit() <= 0 || reference.picosPerUnit() <= 0) {
      return;
    }
    BigDecimal amount = BigDecimal.valueOf(price.picosPerUnit());
    BigDecimal unit = BigDecimal.valueOf(reference.picosPerUnit());
    if (amount.compareTo(unit.multiply(new BigDecimal(from))) < 0
        || amount.compareTo(unit.multiply(new BigDecimal(to))) > 0) {
      findings.warning(
          "UNUSUAL_RATIO",
          what
              + " costs "
              + amount.divide(unit, 3, RoundingMode.HALF_EVEN).toPlainString()
              + " times "
              + than
              + "; "
              + from
              + " to "
              + to
              + " is usual. Compare with the provider's page.");
    }
  }

  private static boolean isDearerCacheRead(Band band, UnitPrice price, UnitPrice reference) {
    return band.unit == Unit.CACHE_READ && price.picosPerUnit() > reference.picosPerUnit();
  }

  private static @Nullable UnitPrice own(PriceLookup lookup, String tier, Unit unit) {
    Found found = lookup.find(tier, unit.wireName());
    return found == null || found.standardInstead() ? null : found.price();
  }
}

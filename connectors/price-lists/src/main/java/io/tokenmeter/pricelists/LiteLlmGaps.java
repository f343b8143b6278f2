package io.tokenmeter.pricelists;

import io.tokenmeter.domain.money.Picos;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.Unit;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills the gaps of a model's prices as LiteLLM's own calculator does, and says so. */
final class LiteLlmGaps {
  private static final String STANDARD = UnitPrice.STANDARD;

  /**
   * Where a standard price has a context tier and these have none, LiteLLM bills the standard one.
   */
  private static final Set<String> TIERS_WITH_STANDARD_CONTEXT = Set.of("priority", "flex");

  private final Findings findings;
  private final String key;
  private final int line;
  private final Rates rates;

  /**
   * @param key the model's key, for findings
   * @param line the model's line, for findings
   */
  LiteLlmGaps(Findings findings, String key, int line, Rates rates) {
    this.findings = findings;
    this.key = key;
    this.line = line;
    this.rates = rates;
  }

  void fill() {
    addMissingBases();
    addStandardContextTiers();
    priceImageOutput();
    reportAlternatives();
    nameBothWays();
  }

  /**
   * A price above a threshold needs one below it: that of the unit it is part of, or the standard
   * one.
   */
  private void addMissingBases() {
    for (String tier : rates.tiers()) {
      for (String unit : rates.units(tier)) {
        if (rates.get(tier, unit, 0) == null) {
          Long base = baseFor(tier, unit);
          if (base == null) {
            rates.remove(tier, unit);
            findings.warning(
                "no-base-price", line, key, unit + " has a price for long inputs only; left out");
          } else {
            rates.set(tier, unit, 0, base);
            findings.info(
                "no-base-price",
                line,
                key,
                unit
                    + " has a price for long inputs only; below that "
                    + Picos.toPlainString(base)
                    + " USD a unit is taken, the price of what it is part of");
          }
        }
      }
    }
  }

  private @Nullable Long baseFor(String tier, String unitName) {
    Long standard = tier.equals(STANDARD) ? null : rates.get(STANDARD, unitName, 0);
    Unit unit = Unit.byName(unitName);
    if (standard != null || unit == null) {
      return standard;
    }
    for (Unit ancestor : unit.ancestors()) {
      Long own = rates.get(tier, ancestor.wireName(), 0);
      Long base = own == null ? rates.get(STANDARD, ancestor.wireName(), 0) : own;
      if (base != null) {
        return base;
      }
    }
    return null;
  }

  private void addStandardContextTiers() {
    for (String tier : rates.tiers()) {
      if (TIERS_WITH_STANDARD_CONTEXT.contains(tier)) {
        for (String unit : rates.units(tier)) {
          addStandardContextTiers(tier, unit);
        }
      }
    }
  }

  private void addStandardContextTiers(String tier, String unit) {
    for (Map.Entry<Long, Long> above : Map.copyOf(rates.of(STANDARD, unit)).entrySet()) {
      if (above.getKey() > 0 && rates.add(tier, unit, above.getKey(), above.getValue())) {
        findings.info(
            "standard-context-tier",
            line,
            key,
            "no "
                + tier
                + " price of "
                + unit
                + " above "
                + above.getKey()
                + " input tokens; the standard one applies there, as LiteLLM bills it");
      }
    }
  }

  /** An image model without a price for output in general puts out nothing but images. */
  private void priceImageOutput() {
    for (String tier : rates.tiers()) {
      Long image = rates.get(tier, Unit.OUTPUT_IMAGE.wireName(), 0);
      if (image != null && rates.get(STANDARD, Unit.OUTPUT.wireName(), 0) == null) {
        rates.add(tier, Unit.OUTPUT.wireName(), 0, image);
      }
    }
  }

  /** Two prices for the same thing: an event should report one of the two units. */
  private void reportAlternatives() {
    reportAlternative("images", Unit.OUTPUT_IMAGE.wireName());
    reportAlternative("input_characters", Unit.INPUT.wireName());
    reportAlternative("output_audio_seconds", Unit.OUTPUT_AUDIO.wireName());
  }

  /** An event may say which side its seconds and images are on, or leave it out. */
  private void nameBothWays() {
    nameBothWays("input_audio_seconds", "audio_seconds");
    nameBothWays("output_audio_seconds", "audio_seconds");
    nameBothWays("input_video_seconds", "video_seconds");
    nameBothWays("input_images", "images");
  }

  private void nameBothWays(String withSide, String without) {
    for (String tier : rates.tiers()) {
      if (rates.get(STANDARD, without, 0) == null || !tier.equals(STANDARD)) {
        Map.copyOf(rates.of(tier, withSide))
            .forEach((threshold, picos) -> rates.add(tier, without, threshold, picos));
      }
    }
  }

  private void reportAlternative(String one, String other) {
    Long first = rates.get(STANDARD, one, 0);
    Long second = rates.get(STANDARD, other, 0);
    if (first != null && second != null && first > 0 && second > 0) {
      findings.info(
          "alternative-units",
          line,
          key,
          "both " + one + " and " + other + " have a price; an event that reports both pays both");
    }
  }
}

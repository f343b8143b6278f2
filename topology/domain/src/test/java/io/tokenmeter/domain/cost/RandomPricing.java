package io.tokenmeter.domain.cost;

import io.tokenmeter.domain.price.ContextTier;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.PriceRowBuilder;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.Unit;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random price rows and random requests for the properties of pricing. */
final class RandomPricing {

  private static final List<String> TIERS = List.of("standard", "batch", "flex", "priority");
  private static final List<String> ZONES =
      List.of("Z", "Asia/Shanghai", "America/New_York", "+05:30");
  private static final List<String> FLAT = List.of("requests", "web_searches", "audio_seconds");

  private final Random random;

  RandomPricing(Random random) {
    this.random = random;
  }

  PriceRow row() {
    PriceRowBuilder row = PriceRow.of("p", "m").prices(prices(0.35, true));
    row.inclusiveThresholds(random.nextBoolean()).marginalTiers(random.nextInt(4) == 0);
    for (int i = random.nextInt(3); i > 0; i--) {
      row.window(window());
    }
    if (random.nextInt(3) == 0) {
      row.regionMultiplier("us", BigDecimal.valueOf(500 + random.nextInt(1500), 3));
      row.multipliersCoverCache(random.nextBoolean());
    }
    return row.build();
  }

  /** Prices each unit with some likelihood; input and output nearly always. */
  private List<UnitPrice> prices(double likelihood, boolean basic) {
    List<UnitPrice> prices = new ArrayList<>();
    List<String> units = new ArrayList<>(FLAT);
    for (Unit unit : Unit.values()) {
      units.add(unit.wireName());
    }
    double dense = random.nextInt(4) == 0 ? likelihood : likelihood / 4;
    for (String unit : units) {
      boolean usual = basic && (unit.equals("input_tokens") || unit.equals("output_tokens"));
      for (String tier : TIERS) {
        double likely = usual && tier.equals("standard") ? 0.95 : dense;
        if (random.nextDouble() < likely) {
          prices.add(price(tier, unit));
        }
      }
    }
    return prices;
  }

  private UnitPrice price(String tier, String unit) {
    List<ContextTier> tiers = new ArrayList<>();
    if (Unit.byName(unit) != null && random.nextInt(3) == 0) {
      List<Long> thresholds = new ArrayList<>(List.of(1_000L, 5_000L, 20_000L));
      thresholds.removeIf(threshold -> random.nextBoolean());
      thresholds.forEach(threshold -> tiers.add(new ContextTier(threshold, picos())));
    }
    return new UnitPrice(tier, unit, picos(), tiers);
  }

  private long picos() {
    return random.nextInt(10) == 0 ? 0 : random.nextLong() >>> 64 - (1 + random.nextInt(50));
  }

  private TimeWindow window() {
    Set<DayOfWeek> days = new HashSet<>(List.of(DayOfWeek.values()));
    days.removeIf(day -> random.nextInt(3) == 0);
    LocalTime start = LocalTime.of(random.nextInt(24), 30 * random.nextInt(2));
    LocalTime end = LocalTime.of(random.nextInt(24), 30 * random.nextInt(2));
    String zone = ZONES.get(random.nextInt(ZONES.size()));
    return new TimeWindow("w" + random.nextInt(9), zone, days, start, end, prices(0.2, false));
  }

  ReferencePricer.Happened request() {
    Map<Set<String>, Long> tokens = new HashMap<>();
    int cells = random.nextInt(7);
    for (int i = 0; i < cells; i++) {
      Unit unit = Unit.at(random.nextInt(Unit.COUNT));
      tokens.put(ReferencePricer.words(unit.wireName()), count());
    }
    if (random.nextInt(3) > 0) {
      tokens.put(Set.of("input"), count());
      tokens.put(Set.of("output"), count());
    }
    Map<String, BigDecimal> flat = new HashMap<>();
    for (String unit : FLAT) {
      if (random.nextInt(8) == 0) {
        flat.put(unit, BigDecimal.valueOf(random.nextInt(100_000_000), 6));
      }
    }
    String tier = TIERS.get(random.nextInt(TIERS.size()));
    String region = random.nextBoolean() ? "us" : null;
    Instant at = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(100_000_000));
    return new ReferencePricer.Happened(tokens, flat, tier, region, at);
  }

  /** Often at a threshold or next to it, where mistakes live. */
  private long count() {
    return switch (random.nextInt(4)) {
      case 0 -> 1_000L * (1 + random.nextInt(20)) + random.nextInt(3) - 1;
      case 1 -> random.nextInt(3);
      case 2 -> random.nextInt(30_000);
      default -> random.nextInt(900);
    };
  }
}

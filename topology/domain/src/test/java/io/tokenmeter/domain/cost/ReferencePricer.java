package io.tokenmeter.domain.cost;

import io.tokenmeter.domain.price.ContextTier;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.domain.price.UnitPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Pricing once more, for tests: slow, in decimals of a dollar, and thought of in sets.
 *
 * <p>A token is a set of words (input, cache, read, audio); a unit is the tokens that have all
 * words of its name. Nothing is shared with the calculator but the form of a price row.
 */
final class ReferencePricer {

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** What happened: tokens by their words, flat quantities by name, and the circumstances. */
  record Happened(
      Map<Set<String>, Long> tokens,
      Map<String, BigDecimal> flat,
      String tier,
      String region,
      Instant at) {}

  /** The bill, or why there is none. Lines are "unit at price", with their quantity. */
  record Bill(
      Optional<String> unpricedUnit,
      Map<String, BigDecimal> lines,
      BigDecimal input,
      BigDecimal output,
      BigDecimal fees,
      Set<String> fallbackUnits) {}

  private final PriceRow row;
  private final Happened happened;
  private final Map<String, BigDecimal> lines = new TreeMap<>();
  private final Map<String, BigDecimal> sums = new HashMap<>();
  private final Set<String> fallbackUnits = new HashSet<>();

  private ReferencePricer(PriceRow row, Happened happened) {
    this.row = row;
    this.happened = happened;
  }

  static Bill price(PriceRow row, Happened happened) {
    ReferencePricer pricer = new ReferencePricer(row, happened);
    Optional<String> unpriced = pricer.billTokens().or(pricer::billFlat);
    return new Bill(
        unpriced,
        pricer.lines,
        pricer.sums.getOrDefault("input", BigDecimal.ZERO),
        pricer.sums.getOrDefault("output", BigDecimal.ZERO),
        pricer.sums.getOrDefault("fees", BigDecimal.ZERO),
        pricer.fallbackUnits);
  }

  /** The words that make a token belong to a unit of this name. */
  static Set<String> words(String unit) {
    Set<String> words = new HashSet<>(Set.of(unit.split("_")));
    words.remove("tokens");
    if (words.contains("cache")) {
      words.add("input");
    }
    return Set.copyOf(words);
  }

  private Optional<String> billTokens() {
    Map<String, Long> billed = new TreeMap<>();
    for (var cell : happened.tokens.entrySet()) {
      if (cell.getValue() == 0) {
        continue;
      }
      Optional<String> unit = nearestPricedUnit(cell.getKey());
      if (unit.isEmpty()) {
        return Optional.of(String.join(" ", cell.getKey()));
      }
      billed.merge(unit.get(), cell.getValue(), Long::sum);
      boolean own = words(unit.get()).equals(cell.getKey());
      if (!own || find(happened.tier, unit.get()).isEmpty()) {
        fallbackUnits.add(String.join(" ", new TreeSet<>(cell.getKey())));
      }
    }
    billed.forEach(this::billUnit);
    return Optional.empty();
  }

  private void billUnit(String unit, long tokens) {
    UnitPrice price = find(happened.tier, unit).or(() -> find("standard", unit)).orElseThrow();
    boolean multiplied = row.multipliersCoverCache() || !words(unit).contains("cache");
    List<ContextTier> tiers = new ArrayList<>(price.contextTiers());
    tiers.sort(Comparator.comparingLong(ContextTier::threshold));
    if (!row.marginalTiers()) {
      long picos = price.picosPerUnit();
      for (ContextTier tier : tiers) {
        boolean crossed =
            row.inclusiveThresholds()
                ? allInput() >= tier.threshold()
                : allInput() > tier.threshold();
        picos = crossed ? tier.picosPerUnit() : picos;
      }
      line(unit, BigDecimal.valueOf(tokens), rate(picos, multiplied));
      return;
    }
    long left = tokens;
    for (int i = tiers.size() - 1; i >= 0; i--) { // cut slices off from the top
      long beyond = Math.max(0, left - tiers.get(i).threshold());
      line(unit, BigDecimal.valueOf(beyond), rate(tiers.get(i).picosPerUnit(), multiplied));
      left -= beyond;
    }
    line(unit, BigDecimal.valueOf(left), rate(price.picosPerUnit(), multiplied));
  }

  private Optional<String> billFlat() {
    Map<String, BigDecimal> flat = new TreeMap<>(happened.flat);
    flat.putIfAbsent("requests", BigDecimal.ONE);
    for (var fee : flat.entrySet()) {
      Optional<UnitPrice> own = find(happened.tier, fee.getKey());
      Optional<UnitPrice> price = own.or(() -> find("standard", fee.getKey()));
      if (fee.getValue().signum() == 0 || price.isEmpty() && fee.getKey().equals("requests")) {
        continue;
      }
      if (price.isEmpty()) {
        return Optional.of(fee.getKey());
      }
      if (own.isEmpty()) {
        fallbackUnits.add(fee.getKey());
      }
      long picos = price.get().picosPerUnit();
      for (ContextTier tier : price.get().contextTiers()) {
        throw new AssertionError("no context tiers on flat units here: " + tier);
      }
      line(fee.getKey(), fee.getValue(), rate(picos, false));
    }
    return Optional.empty();
  }

  private void line(String unit, BigDecimal quantity, BigDecimal rate) {
    if (quantity.signum() == 0) {
      return;
    }
    String key = unit + " at " + rate.stripTrailingZeros().toPlainString();
    lines.merge(key, quantity.stripTrailingZeros(), BigDecimal::add);
    Set<String> words = words(unit);
    String side = words.contains("input") ? "input" : words.contains("output") ? "output" : "fees";
    BigDecimal cost = quantity.multiply(rate).setScale(12, RoundingMode.HALF_EVEN);
    sums.merge(side, cost, BigDecimal::add);
  }

  private BigDecimal rate(long picos, boolean multiplied) {
    BigDecimal dollars = BigDecimal.valueOf(picos).divide(MILLION).divide(MILLION);
    BigDecimal factor =
        row.regionMultipliers().get(Objects.requireNonNullElse(happened.region, ""));
    return multiplied && factor != null
        ? dollars.multiply(factor).setScale(12, RoundingMode.HALF_EVEN)
        : dollars;
  }

  private long allInput() {
    return happened.tokens.entrySet().stream()
        .filter(cell -> cell.getKey().contains("input"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Fewest words given up first; of equals, the one that gives up the modality. */
  private Optional<String> nearestPricedUnit(Set<String> cell) {
    return pricedUnits().stream()
        .filter(unit -> cell.containsAll(words(unit)))
        .filter(unit -> !words(unit).isEmpty())
        .min(
            Comparator.<String>comparingInt(unit -> steps(cell, words(unit)))
                .thenComparing(unit -> hasModality(words(unit))));
  }

  /** "cache" and "read" are one property of a token, as is each other word. */
  private static int steps(Set<String> cell, Set<String> unit) {
    Set<String> givenUp = new HashSet<>(cell);
    givenUp.removeAll(unit);
    givenUp.remove("cache");
    return givenUp.size();
  }

  private static boolean hasModality(Set<String> words) {
    return words.stream().anyMatch(Set.of("text", "audio", "image", "video")::contains);
  }

  /** Units with a price at the served or the standard tier, in or outside the open window. */
  private Set<String> pricedUnits() {
    Set<String> units = new HashSet<>();
    for (UnitPrice price : row.prices()) {
      if (price.serviceTier().equals(happened.tier) || price.serviceTier().equals("standard")) {
        units.add(price.unit());
      }
    }
    openWindow()
        .ifPresent(
            window ->
                window.prices().stream()
                    .filter(
                        p ->
                            p.serviceTier().equals(happened.tier)
                                || p.serviceTier().equals("standard"))
                    .forEach(p -> units.add(p.unit())));
    return units;
  }

  private Optional<UnitPrice> find(String tier, String unit) {
    List<UnitPrice> prices = new ArrayList<>();
    openWindow().ifPresent(window -> prices.addAll(window.prices()));
    prices.addAll(row.prices());
    return prices.stream()
        .filter(price -> price.serviceTier().equals(tier) && price.unit().equals(unit))
        .findFirst();
  }

  private Optional<TimeWindow> openWindow() {
    return row.windows().stream().filter(this::isOpen).findFirst();
  }

  /** Looks for a start on the local day or the day before it whose window holds the instant. */
  private boolean isOpen(TimeWindow window) {
    ZonedDateTime local = happened.at.atZone(ZoneId.of(window.zone()));
    for (LocalDate day : List.of(local.toLocalDate(), local.toLocalDate().minusDays(1))) {
      boolean starts =
          window.weekdays().isEmpty() || window.weekdays().contains(day.getDayOfWeek());
      LocalTime from = window.start();
      LocalDate endDay = from.isBefore(window.end()) ? day : day.plusDays(1);
      boolean inside =
          !local.toLocalDateTime().isBefore(day.atTime(from))
              && local.toLocalDateTime().isBefore(endDay.atTime(window.end()));
      if (starts && inside) {
        return true;
      }
    }
    return false;
  }
}

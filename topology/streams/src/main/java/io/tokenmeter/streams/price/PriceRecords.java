package io.tokenmeter.streams.price;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.Picos;
import io.tokenmeter.domain.price.ContextTier;
import io.tokenmeter.domain.price.ModelPattern;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.PriceRowBuilder;
import io.tokenmeter.domain.price.TimeWindow;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.schemas.Price;
import io.tokenmeter.schemas.PriceContextTier;
import io.tokenmeter.schemas.PriceModelPattern;
import io.tokenmeter.schemas.PriceOfUnit;
import io.tokenmeter.schemas.PricePatternKind;
import io.tokenmeter.schemas.PriceTimeWindow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Price rows as records of the price table, and back. */
public final class PriceRecords {

  private PriceRecords() {}

  /** The record's key: {@link PriceRow#key}. */
  public static String key(PriceRow row) {
    return row.key();
  }

  /** The record's value. A region multiplier keeps 12 decimals, rounded half-even. */
  public static Price toRecord(PriceRow row) {
    Map<String, BigDecimal> multipliers = new HashMap<>();
    row.regionMultipliers().forEach((region, factor) -> multipliers.put(region, toScale(factor)));
    return Price.newBuilder()
        .setProvider(row.provider())
        .setProviderAliases(row.providerAliases())
        .setModel(row.model())
        .setModelPatterns(row.patterns().stream().map(PriceRecords::toRecord).toList())
        .setRegion(row.region())
        .setProject(row.project())
        .setTeam(row.team())
        .setEffectiveFrom(row.effectiveFrom())
        .setEffectiveTo(row.effectiveTo())
        .setPrices(row.prices().stream().map(PriceRecords::toRecord).toList())
        .setWindows(row.windows().stream().map(PriceRecords::toRecord).toList())
        .setInclusiveThresholds(row.inclusiveThresholds())
        .setMarginalTiers(row.marginalTiers())
        .setRegionMultipliers(multipliers)
        .setMultipliersCoverCache(row.multipliersCoverCache())
        .setSource(row.source())
        .build();
  }

  /**
   * The row of a record. Whether it can be used is for the price book to say.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public static PriceRow fromRecord(Price price) {
    try {
      return toRow(price);
    } catch (ArithmeticException | DateTimeException e) {
      throw new IllegalArgumentException(
          "price of " + price.getProvider() + " " + price.getModel() + ": " + e.getMessage(), e);
    }
  }

  private static PriceRow toRow(Price price) {
    PriceRowBuilder row =
        PriceRow.of(price.getProvider(), price.getModel())
            .patterns(price.getModelPatterns().stream().map(PriceRecords::toPattern).toList())
            .region(price.getRegion())
            .project(price.getProject())
            .team(price.getTeam())
            .effectiveFrom(price.getEffectiveFrom())
            .effectiveTo(price.getEffectiveTo())
            .prices(toUnitPrices(price.getPrices()))
            .inclusiveThresholds(price.getInclusiveThresholds())
            .marginalTiers(price.getMarginalTiers())
            .multipliersCoverCache(price.getMultipliersCoverCache())
            .source(price.getSource());
    price.getProviderAliases().forEach(row::providerAlias);
    price.getWindows().forEach(window -> row.window(toWindow(window)));
    price.getRegionMultipliers().forEach(row::regionMultiplier);
    return row.build();
  }

  private static PriceModelPattern toRecord(ModelPattern pattern) {
    PricePatternKind kind = PricePatternKind.valueOf(pattern.kind().name());
    return new PriceModelPattern(kind, pattern.text());
  }

  private static ModelPattern toPattern(PriceModelPattern pattern) {
    return new ModelPattern(ModelPattern.Kind.valueOf(pattern.getKind().name()), pattern.getText());
  }

  private static PriceOfUnit toRecord(UnitPrice price) {
    List<PriceContextTier> tiers =
        price.contextTiers().stream()
            .map(t -> new PriceContextTier(t.threshold(), Picos.toDollars(t.picosPerUnit())))
            .toList();
    BigDecimal base = Picos.toDollars(price.picosPerUnit());
    return new PriceOfUnit(price.serviceTier(), price.unit(), base, tiers);
  }

  private static List<UnitPrice> toUnitPrices(List<PriceOfUnit> prices) {
    return prices.stream().map(PriceRecords::toUnitPrice).toList();
  }

  private static UnitPrice toUnitPrice(PriceOfUnit price) {
    List<ContextTier> tiers =
        price.getContextTiers().stream()
            .map(t -> new ContextTier(t.getThreshold(), Picos.ofDollars(t.getUsdPerUnit())))
            .toList();
    long picos = Picos.ofDollars(price.getUsdPerUnit());
    return new UnitPrice(price.getServiceTier(), price.getUnit(), picos, tiers);
  }

  private static PriceTimeWindow toRecord(TimeWindow window) {
    return new PriceTimeWindow(
        window.name(),
        window.zone(),
        window.weekdays().stream().map(DayOfWeek::getValue).sorted().toList(),
        window.start(),
        window.end(),
        window.prices().stream().map(PriceRecords::toRecord).toList());
  }

  private static TimeWindow toWindow(PriceTimeWindow window) {
    return new TimeWindow(
        window.getName(),
        window.getZone(),
        window.getWeekdays().stream().map(DayOfWeek::of).collect(Collectors.toSet()),
        window.getStart(),
        window.getEnd(),
        toUnitPrices(window.getPrices()));
  }

  private static BigDecimal toScale(BigDecimal factor) {
    return factor.setScale(Money.SCALE, RoundingMode.HALF_EVEN);
  }
}

package io.tokenmeter.domain.price;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link PriceRow} step by step. */
public final class PriceRowBuilder {

  private String provider;
  private String model;
  private final List<String> providerAliases = new ArrayList<>();
  private final List<ModelPattern> patterns = new ArrayList<>();
  private @Nullable String region;
  private @Nullable String project;
  private @Nullable String team;
  private @Nullable Instant effectiveFrom;
  private @Nullable Instant effectiveTo;
  private final List<UnitPrice> prices = new ArrayList<>();
  private final List<TimeWindow> windows = new ArrayList<>();
  private boolean inclusiveThresholds;
  private boolean marginalTiers;
  private final Map<String, BigDecimal> regionMultipliers = new LinkedHashMap<>();
  private boolean multipliersCoverCache = true;
  private @Nullable String source;

  PriceRowBuilder(String provider, String model) {
    this.provider = provider;
    this.model = model;
  }

  PriceRowBuilder(PriceRow row) {
    this(row.provider(), row.model());
    providerAliases.addAll(row.providerAliases());
    patterns.addAll(row.patterns());
    region = row.region();
    project = row.project();
    team = row.team();
    effectiveFrom = row.effectiveFrom();
    effectiveTo = row.effectiveTo();
    prices.addAll(row.prices());
    windows.addAll(row.windows());
    inclusiveThresholds = row.inclusiveThresholds();
    marginalTiers = row.marginalTiers();
    regionMultipliers.putAll(row.regionMultipliers());
    multipliersCoverCache = row.multipliersCoverCache();
    source = row.source();
  }

  public PriceRowBuilder provider(String value) {
    provider = value;
    return this;
  }

  public PriceRowBuilder model(String value) {
    model = value;
    return this;
  }

  public PriceRowBuilder providerAlias(String alias) {
    providerAliases.add(alias);
    return this;
  }

  public PriceRowBuilder pattern(ModelPattern pattern) {
    patterns.add(pattern);
    return this;
  }

  public PriceRowBuilder patterns(Collection<ModelPattern> more) {
    patterns.addAll(more);
    return this;
  }

  public PriceRowBuilder region(@Nullable String value) {
    region = value;
    return this;
  }

  public PriceRowBuilder project(@Nullable String value) {
    project = value;
    return this;
  }

  public PriceRowBuilder team(@Nullable String value) {
    team = value;
    return this;
  }

  public PriceRowBuilder effectiveFrom(@Nullable Instant value) {
    effectiveFrom = value;
    return this;
  }

  public PriceRowBuilder effectiveTo(@Nullable Instant value) {
    effectiveTo = value;
    return this;
  }

  public PriceRowBuilder price(UnitPrice price) {
    prices.add(price);
    return this;
  }

  public PriceRowBuilder prices(Collection<UnitPrice> more) {
    prices.addAll(more);
    return this;
  }

  public PriceRowBuilder window(TimeWindow window) {
    windows.add(window);
    return this;
  }

  public PriceRowBuilder inclusiveThresholds(boolean value) {
    inclusiveThresholds = value;
    return this;
  }

  public PriceRowBuilder marginalTiers(boolean value) {
    marginalTiers = value;
    return this;
  }

  public PriceRowBuilder regionMultiplier(String ofRegion, BigDecimal factor) {
    regionMultipliers.put(ofRegion, factor);
    return this;
  }

  /** Default true. */
  public PriceRowBuilder multipliersCoverCache(boolean value) {
    multipliersCoverCache = value;
    return this;
  }

  public PriceRowBuilder source(@Nullable String value) {
    source = value;
    return this;
  }

  public PriceRow build() {
    return new PriceRow(
        provider,
        providerAliases,
        model,
        patterns,
        region,
        project,
        team,
        effectiveFrom,
        effectiveTo,
        prices,
        windows,
        inclusiveThresholds,
        marginalTiers,
        regionMultipliers,
        multipliersCoverCache,
        source);
  }
}

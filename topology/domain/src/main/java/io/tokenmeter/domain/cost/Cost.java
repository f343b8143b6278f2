package io.tokenmeter.domain.cost;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.domain.price.PricedBy;
import io.tokenmeter.domain.price.RateTable;
import io.tokenmeter.domain.price.UnitPrice;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageQuantities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one event cost, and how that was worked out.
 *
 * <p>Filled by {@link CostCalculator} and good until it is filled again, so that the hot path
 * reuses one; not thread-safe.
 */
public final class Cost {

  private PricingStatus status = PricingStatus.UNPRICED;
  private boolean billed;
  private @Nullable UnpricedReason unpricedReason;
  private @Nullable String unpricedUnit;
  private @Nullable PricedBy pricedBy;
  private @Nullable RateTable rates;
  private long contextThreshold = RateTable.BASE;
  private CostLine[] lines = new CostLine[0];
  private int lineCount;
  private final MoneySum[] byKind = new MoneySum[CostKind.values().length];
  private final List<String> fallbacks = new ArrayList<>();

  public Cost() {
    Arrays.setAll(byKind, kind -> new MoneySum());
  }

  public PricingStatus status() {
    return status;
  }

  /** Whether there is a cost at all, 0 included: not if unpriced, and not for a roll-up span. */
  public boolean hasCost() {
    return billed;
  }

  public @Nullable UnpricedReason unpricedReason() {
    return unpricedReason;
  }

  /**
   * The reason, and the unit if one is to blame: {@code UNIT_NOT_PRICED: web_searches}; or null.
   */
  public @Nullable String unpricedText() {
    return unpricedUnit == null
        ? unpricedReason == null ? null : unpricedReason.name()
        : unpricedReason + ": " + unpricedUnit;
  }

  /** The row that priced the event, also if it lacks a price for a unit; null if there is none. */
  public @Nullable PricedBy pricedBy() {
    return pricedBy;
  }

  /** Service tier whose rates were used. */
  public String serviceTier() {
    return rates == null ? UnitPrice.STANDARD : rates.serviceTier();
  }

  /** Name of the time window whose rates were used, or null. */
  public @Nullable String timeWindow() {
    return rates == null ? null : rates.window();
  }

  /** The crossed context threshold in tokens, or {@link RateTable#BASE}. */
  public long contextThreshold() {
    return contextThreshold;
  }

  /**
   * What was billed at another rate than its own: {@code output_reasoning_tokens -> output_tokens}.
   */
  public List<String> fallbacks() {
    return Collections.unmodifiableList(fallbacks);
  }

  public int lineCount() {
    return lineCount;
  }

  public CostLine line(int index) {
    return lines[index];
  }

  /** The lines: input side, output side, flat units. */
  public List<CostLine> lines() {
    return Collections.unmodifiableList(Arrays.asList(lines).subList(0, lineCount));
  }

  /** Sum of the lines of one kind; to be read, not changed. */
  public MoneySum sumOf(CostKind kind) {
    return byKind[kind.ordinal()];
  }

  /** All tokens of the input side, cache included. */
  public Money inputCost() {
    return sum(CostKind.INPUT, CostKind.CACHE_READ, CostKind.CACHE_WRITE);
  }

  public Money outputCost() {
    return sum(CostKind.OUTPUT);
  }

  /** Sum of all lines; zero if there is no cost, see {@link #hasCost}. */
  public Money totalCost() {
    return sum(CostKind.values());
  }

  private Money sum(CostKind... kinds) {
    MoneySum sum = new MoneySum();
    for (CostKind kind : kinds) {
      sum.add(byKind[kind.ordinal()]);
    }
    return sum.toMoney();
  }

  // What the calculator does with it.

  void clear() {
    status = PricingStatus.PRICED;
    billed = false;
    unpricedReason = null;
    unpricedUnit = null;
    pricedBy = null;
    rates = null;
    clearLines();
  }

  void start(PricedBy by, RateTable table) {
    pricedBy = by;
    rates = table;
    contextThreshold = table.contextThreshold();
    billed = true;
  }

  void addTokens(Unit unit, long tokens, long picosPerUnit) {
    long micros = Math.multiplyExact(tokens, UsageQuantities.MICROS_PER_UNIT);
    CostLine line = nextLine();
    line.set(CostKind.of(unit), unit.wireName(), micros, picosPerUnit);
    line.sum().addProduct(tokens, picosPerUnit);
    byKind[line.kind().ordinal()].add(line.sum());
  }

  void addFee(String unit, long quantityMicros, long picosPerUnit) {
    CostLine line = nextLine();
    line.set(CostKind.FEE, unit, quantityMicros, picosPerUnit);
    line.sum().addMicroProduct(quantityMicros, picosPerUnit);
    byKind[CostKind.FEE.ordinal()].add(line.sum());
  }

  void addFallback(@Nullable String fallback) {
    if (fallback != null) {
      status = PricingStatus.FALLBACK;
      fallbacks.add(fallback);
    }
  }

  void crossed(long threshold) {
    contextThreshold = Math.max(contextThreshold, threshold);
  }

  /** Takes everything back: an event is never priced in part. */
  void unpriced(UnpricedReason reason, @Nullable String unit) {
    clearLines();
    billed = false;
    status = PricingStatus.UNPRICED;
    unpricedReason = reason;
    unpricedUnit = unit;
  }

  private void clearLines() {
    lineCount = 0;
    contextThreshold = RateTable.BASE;
    fallbacks.clear();
    for (MoneySum sum : byKind) {
      sum.clear();
    }
  }

  private CostLine nextLine() {
    if (lineCount == lines.length) {
      int grown = lineCount + 4;
      lines = Arrays.copyOf(lines, grown);
      for (int i = lineCount; i < grown; i++) {
        lines[i] = new CostLine();
      }
    }
    return lines[lineCount++];
  }
}

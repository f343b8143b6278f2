package io.tokenmeter.domain.cost;

import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.price.PricedBy;
import io.tokenmeter.domain.price.RateTable;
import io.tokenmeter.domain.price.RateTable.FlatRate;
import io.tokenmeter.domain.price.Slices;
import io.tokenmeter.domain.usage.BillableUsage;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageCells;
import io.tokenmeter.domain.usage.UsageQuantities;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prices an event: the same usage and the same row always give the same cost.
 *
 * <p>The token counts are split into cells that do not overlap. Each cell is billed at its unit's
 * rate, or at the rate of the nearest larger unit that has one; the cells billed at one rate make
 * one line. Flat units make lines of their own. An event of which some part has no rate is not
 * priced at all, since part of a cost is a wrong cost.
 *
 * <p>Holds scratch space, so each thread needs its own; makes no garbage.
 */
public final class CostCalculator {

  /** The flat unit of which every billed event has one unless it says otherwise. */
  public static final String REQUESTS = "requests";

  private final UsageCells cells = new UsageCells();
  private final long[] billed = new long[Unit.COUNT];

  /** Prices an event by the row that the book finds for it. */
  public void calculate(PriceBook book, BillableUsage usage, Cost cost) {
    Optional<PricedBy> row = book.find(usage);
    if (row.isPresent()) {
      calculate(row.get(), usage, cost);
    } else {
      calculateWithoutRow(book, usage, cost);
    }
  }

  /** The cost of an event that no row of the book covers: none, with the reason. */
  public void calculateWithoutRow(PriceBook book, BillableUsage usage, Cost cost) {
    cost.clear();
    if (usage.costRole() != CostRole.ROLLUP) {
      boolean known = book.hasAnyRowFor(usage.provider(), usage.model());
      cost.unpriced(known ? UnpricedReason.NOT_EFFECTIVE : UnpricedReason.UNKNOWN_MODEL, null);
    }
  }

  /**
   * Prices an event by a given row.
   *
   * @param cost is overwritten with the result
   * @throws IllegalArgumentException if the quantities contradict one another; validate first
   */
  public void calculate(PricedBy row, BillableUsage usage, Cost cost) {
    cost.clear();
    if (usage.costRole() == CostRole.ROLLUP) {
      return;
    }
    split(usage.quantities());
    RateTable rates = row.ratesFor(usage, cells.total(Unit.INPUT));
    cost.start(row, rates);
    String unpricedUnit = addTokens(rates, cost);
    if (unpricedUnit == null) {
      unpricedUnit = addFees(rates, usage.quantities(), cost);
    }
    if (unpricedUnit != null) {
      cost.unpriced(UnpricedReason.UNIT_NOT_PRICED, unpricedUnit);
    }
  }

  /** As {@link #calculate(PriceBook, BillableUsage, Cost)}, into a new cost. */
  public Cost calculate(PriceBook book, BillableUsage usage) {
    Cost cost = new Cost();
    calculate(book, usage, cost);
    return cost;
  }

  private void split(UsageQuantities quantities) {
    Rejection contradiction = cells.split(quantities);
    if (contradiction != null) {
      throw new IllegalArgumentException(contradiction.message());
    }
  }

  /** Returns the unit that has no rate, or null. */
  private @Nullable String addTokens(RateTable rates, Cost cost) {
    long billedUnits = 0;
    for (long left = cells.units(); left != 0; left &= left - 1) {
      Unit unit = Unit.at(Long.numberOfTrailingZeros(left));
      long tokens = cells.cell(unit);
      if (tokens == 0) {
        continue;
      }
      int rate = rates.billedAt(unit);
      if (rate == RateTable.NOT_PRICED) {
        return unit.wireName();
      }
      cost.addFallback(rates.fallback(unit));
      long bit = 1L << rate;
      billed[rate] = (billedUnits & bit) == 0 ? tokens : billed[rate] + tokens;
      billedUnits |= bit;
    }
    for (long left = billedUnits; left != 0; left &= left - 1) {
      Unit unit = Unit.at(Long.numberOfTrailingZeros(left));
      addLines(rates, unit, billed[unit.ordinal()], cost);
    }
    return null;
  }

  private static void addLines(RateTable rates, Unit unit, long tokens, Cost cost) {
    Slices slices = rates.slices(unit);
    if (slices == null) {
      cost.addTokens(unit, tokens, rates.picosPerUnit(unit));
      return;
    }
    for (int i = 0; i < slices.count() && slices.quantityIn(i, tokens) > 0; i++) {
      cost.addTokens(unit, slices.quantityIn(i, tokens), slices.picosPerUnit().get(i));
      if (i > 0) {
        cost.crossed(slices.starts().get(i));
      }
    }
  }

  /** Returns the flat unit that has no rate, or null. */
  private static @Nullable String addFees(RateTable rates, UsageQuantities quantities, Cost cost) {
    FlatRate perRequest = rates.flatRate(REQUESTS);
    if (perRequest != null && quantities.indexOfFlat(REQUESTS) < 0) {
      addFee(perRequest, UsageQuantities.MICROS_PER_UNIT, cost);
    }
    for (int i = 0; i < quantities.flatCount(); i++) {
      String unit = quantities.flatName(i);
      FlatRate rate = rates.flatRate(unit);
      if (rate != null && quantities.flatMicros(i) != 0) {
        addFee(rate, quantities.flatMicros(i), cost);
      } else if (quantities.flatMicros(i) != 0 && !unit.equals(REQUESTS)) {
        return unit; // requests are counted by everyone, and charged for by few
      }
    }
    return null;
  }

  private static void addFee(FlatRate rate, long quantityMicros, Cost cost) {
    cost.addFallback(rate.fallback());
    cost.addFee(rate.unit(), quantityMicros, rate.picosPerUnit());
  }
}

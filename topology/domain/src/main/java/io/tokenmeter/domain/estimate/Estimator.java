package io.tokenmeter.domain.estimate;

import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostCalculator;
import io.tokenmeter.domain.cost.CostKind;
import io.tokenmeter.domain.cost.PricingStatus;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.PricedBy;
import io.tokenmeter.domain.usage.BillableEvent;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageQuantities;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Estimates what a workload costs, with the calculator that prices events, at the prices of one
 * moment.
 *
 * <p>Nothing is rounded. Where the cached share makes a fraction of a token, the cost is that of
 * requests with one token more and requests with one less, in the proportion that gives the share.
 */
public final class Estimator {
  private static final String BATCH = "batch";

  /** A kind of call and the part of all calls that it is, 0 to 1. */
  private record Call(BillableEvent event, BigDecimal share) {}

  private final List<PriceRow> rows;
  private final PriceBook book;
  private final Instant at;
  private final @Nullable String region;
  private final CostCalculator calculator = new CostCalculator();
  private final Cost cost = new Cost();

  /**
   * An estimator.
   *
   * @param rows a price list, in its order
   * @param at the moment whose prices apply
   * @param region that serves the requests, or null
   */
  public Estimator(List<PriceRow> rows, Instant at, @Nullable String region) {
    this.rows = List.copyOf(rows);
    this.book = PriceBook.of(rows);
    this.at = at;
    this.region = region;
  }

  /** The providers that have a price for a model at the moment, in the order of the list. */
  public List<String> providersOf(String model) {
    return listPrices()
        .map(PriceRow::provider)
        .distinct()
        .filter(
            provider -> book.find(event(provider, model, null, new UsageQuantities())).isPresent())
        .toList();
  }

  /** What the workload costs with a model. */
  public Estimate estimate(String provider, String model, Workload load) {
    BillableEvent any = event(provider, model, null, new UsageQuantities());
    PriceRow row = book.find(any).map(PricedBy::row).orElse(null);
    String name = row == null ? model : row.model();
    BigDecimal perCall = BigDecimal.ZERO;
    Set<String> fallbacks = new LinkedHashSet<>();
    for (Call call : calls(provider, model, load)) {
      calculator.calculate(book, call.event, cost);
      if (cost.status() == PricingStatus.UNPRICED) {
        return Estimate.unpriced(provider, name, row, Objects.toString(cost.unpricedText()));
      }
      perCall = perCall.add(call.share.multiply(cost.totalCost().toBigDecimal()));
      fallbacks.addAll(cost.fallbacks());
    }
    BigDecimal perRequest = perCall.multiply(load.callsPerRequest());
    BigDecimal perDay = perRequest.multiply(BigDecimal.valueOf(load.requestsPerDay()));
    return new Estimate(
        provider, name, row, perCall, perRequest, perDay, List.copyOf(fallbacks), null);
  }

  /**
   * What the workload costs with every model of the list, the cheapest first; those that cannot be
   * priced come last, and so do models that write nothing where something is to be written.
   */
  public List<Estimate> estimateAll(Workload load) {
    record Offer(String provider, String model) {}
    return listPrices()
        .map(row -> new Offer(row.provider(), row.model()))
        .distinct()
        .map(offer -> alternative(offer.provider(), offer.model(), load))
        .sorted(
            Comparator.comparing(Estimate::perDay, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Estimate::provider)
                .thenComparing(Estimate::model))
        .toList();
  }

  /** Embedding models have an output price of 0, and would be the cheapest writers of all. */
  private Estimate alternative(String provider, String model, Workload load) {
    Estimate estimate = estimate(provider, model, load);
    boolean writesNothing =
        load.inputTokens() > 0
            && cost.sumOf(CostKind.OUTPUT).isZero()
            && !cost.sumOf(CostKind.INPUT).isZero();
    return load.outputTokens() > 0 && estimate.isPriced() && writesNothing
        ? Estimate.unpriced(provider, model, estimate.row(), "its output price is 0")
        : estimate;
  }

  /** Prices that everybody pays, in the region if there is one. */
  private Stream<PriceRow> listPrices() {
    return rows.stream()
        .filter(row -> !row.isOverride())
        .filter(row -> row.region() == null || row.region().equals(region));
  }

  private List<Call> calls(String provider, String model, Workload load) {
    BigDecimal cached = load.cachedShare().multiply(BigDecimal.valueOf(load.inputTokens()));
    BigDecimal whole = cached.setScale(0, RoundingMode.FLOOR);
    BigDecimal fraction = cached.subtract(whole);
    List<Call> calls = new ArrayList<>();
    for (String tier : new String[] {null, BATCH}) {
      BigDecimal part =
          tier == null ? BigDecimal.ONE.subtract(load.batchShare()) : load.batchShare();
      for (long extra = 0; extra <= 1; extra++) {
        BigDecimal share = part.multiply(extra == 0 ? BigDecimal.ONE.subtract(fraction) : fraction);
        if (share.signum() > 0) {
          UsageQuantities quantities = quantities(load, whole.longValueExact() + extra);
          calls.add(new Call(event(provider, model, tier, quantities), share));
        }
      }
    }
    return calls;
  }

  private static UsageQuantities quantities(Workload load, long cached) {
    return new UsageQuantities()
        .set(Unit.INPUT, load.inputTokens())
        .set(Unit.CACHE_READ, cached)
        .set(Unit.OUTPUT, load.outputTokens());
  }

  private BillableEvent event(
      String provider, String model, @Nullable String tier, UsageQuantities quantities) {
    return BillableEvent.of(provider, model, at, quantities)
        .withRegion(region)
        .withServiceTier(tier);
  }
}

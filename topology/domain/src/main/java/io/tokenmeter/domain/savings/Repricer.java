package io.tokenmeter.domain.savings;

import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostCalculator;
import io.tokenmeter.domain.cost.PricingStatus;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.usage.BillableEvent;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.domain.usage.Unit;
import io.tokenmeter.domain.usage.UsageCells;
import io.tokenmeter.domain.usage.UsageQuantities;
import org.jspecify.annotations.Nullable;

/** Prices requests as they were and as they might have been, as of their own time. */
final class Repricer {
  private static final String BATCH = "batch";

  private final PriceBook book;
  private final CostCalculator calculator = new CostCalculator();
  private final UsageCells cells = new UsageCells();
  private final Cost cost = new Cost();

  Repricer(PriceBook book) {
    this.book = book;
  }

  /** What a request costs as it was; null if the book cannot price it. */
  @Nullable Money asServed(ServedRequest request) {
    return price(request.event(request.quantities()));
  }

  /** In the batch tier; null if the book has no price of that tier. */
  @Nullable Money inBatch(ServedRequest request) {
    Money batch = price(request.event(request.quantities()).withServiceTier(BATCH));
    boolean own = cost.fallbacks().stream().noneMatch(text -> text.contains("standard "));
    return own ? batch : null;
  }

  /** Served by another model, with the same tokens. */
  @Nullable Money by(String provider, String model, ServedRequest request) {
    return price(
        new BillableEvent(
            provider,
            model,
            request.tier(),
            request.region(),
            request.project(),
            request.team(),
            request.atMicros(),
            CostRole.LEAF,
            request.quantities()));
  }

  /** With these cache reads and writes; null if they contradict what else was reported. */
  @Nullable Money cached(ServedRequest request, long read, long written) {
    UsageQuantities quantities = new UsageQuantities();
    request.tokens().forEach(quantities::set);
    quantities.set(Unit.CACHE_READ, read).set(Unit.CACHE_WRITE, written);
    if (quantities.has(Unit.CACHE_WRITE_1H)) {
      quantities.set(Unit.CACHE_WRITE_1H, Math.min(written, request.tokens(Unit.CACHE_WRITE_1H)));
    }
    request.extras().forEach(quantities::setExtra);
    return price(request.event(quantities));
  }

  /** With at most so many output tokens. */
  @Nullable Money cut(ServedRequest request, long mostOutput) {
    UsageQuantities quantities = request.quantities();
    quantities.set(Unit.OUTPUT, Math.min(mostOutput, request.tokens(Unit.OUTPUT)));
    if (quantities.has(Unit.OUTPUT_REASONING)) {
      quantities.set(
          Unit.OUTPUT_REASONING, Math.min(mostOutput, request.tokens(Unit.OUTPUT_REASONING)));
    }
    return price(request.event(quantities));
  }

  private @Nullable Money price(BillableEvent event) {
    if (cells.split(event.quantities()) != null) {
      return null; // such a request cannot be: its parts would be more than the whole
    }
    calculator.calculate(book, event, cost);
    return cost.status() == PricingStatus.UNPRICED ? null : cost.totalCost();
  }
}

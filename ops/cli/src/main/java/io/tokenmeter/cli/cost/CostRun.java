package io.tokenmeter.cli.cost;

import io.tokenmeter.domain.cost.Cost;
import io.tokenmeter.domain.cost.CostCalculator;
import io.tokenmeter.domain.cost.PricingStatus;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.usage.BillableEvent;
import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.domain.usage.UsageValidator;
import io.tokenmeter.schemas.UsageEvent;
import io.tokenmeter.usagefiles.UsageFileReader;
import io.tokenmeter.usagefiles.UsageLine;
import java.io.IOException;
import java.io.Writer;

/** Prices one usage file line by line, in constant memory, and keeps the totals for the summary. */
final class CostRun {
  private final PriceBook prices;
  private final CostJson json;
  private final UsageValidator validator = new UsageValidator();
  private final CostCalculator calculator = new CostCalculator();
  private final Cost cost = new Cost();
  private final MoneySum total = new MoneySum();
  private long events;
  private long unpriced;
  private long bad;

  CostRun(PriceBook prices, Writer out) throws IOException {
    this.prices = prices;
    this.json = new CostJson(out);
  }

  void run(UsageFileReader usage) throws IOException {
    for (UsageLine line = usage.next(); line != null; line = usage.next()) {
      synchronized (this) {
        price(line);
      }
    }
    flush();
  }

  /** Writes out what is buffered; between two lines, also from another thread. */
  synchronized void flush() throws IOException {
    json.flush();
  }

  private void price(UsageLine line) throws IOException {
    if (line instanceof UsageLine.Event event) {
      price(event.number(), event.event());
    } else if (line instanceof UsageLine.Unreadable unreadable) {
      error(unreadable.number(), unreadable.problem());
    }
  }

  private void price(long number, UsageEvent event) throws IOException {
    BillableEvent usage = BillableEvents.of(event);
    // Offline, an event of the future is a question about a price to come, not an error.
    long now = usage.occurredAtMicros();
    Rejection rejection = validator.validate(event.getEventId(), usage, now);
    if (rejection != null) {
      error(number, rejection.message());
      return;
    }
    calculator.calculate(prices, usage, cost);
    events++;
    if (cost.status() == PricingStatus.UNPRICED) {
      unpriced++;
    }
    total.add(cost.totalCost());
    json.writeCost(event.getEventId(), cost);
  }

  private void error(long line, String problem) throws IOException {
    bad++;
    json.writeError(line, problem);
  }

  /** The run in one line: events, what was not priced, lines that were no events, and the sum. */
  synchronized String summary() {
    Money sum = total.toMoney();
    return events
        + (events == 1 ? " event, " : " events, ")
        + unpriced
        + " unpriced, "
        + bad
        + (bad == 1 ? " bad line, " : " bad lines, ")
        + sum.toPlainString()
        + " USD";
  }
}

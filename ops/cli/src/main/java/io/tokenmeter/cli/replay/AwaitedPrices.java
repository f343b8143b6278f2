package io.tokenmeter.cli.replay;

import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.usage.BillableEvent;
import io.tokenmeter.domain.usage.CostRole;
import io.tokenmeter.domain.usage.UsageQuantities;
import io.tokenmeter.schemas.CostedUsage;
import io.tokenmeter.schemas.PricingStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Events that were costed without a price although the price table has one: the application had not
 * read it yet, and costs them again as soon as it has.
 */
final class AwaitedPrices {

  private static final String UNIT_NOT_PRICED = "UNIT_NOT_PRICED";

  private final Supplier<PriceBook> table;
  private final Set<String> ids = new HashSet<>();
  private @Nullable PriceBook book;

  /**
   * None yet.
   *
   * @param table reads the price table; asked once, and only if an event has no price
   */
  AwaitedPrices(Supplier<PriceBook> table) {
    this.table = table;
  }

  /** Takes in the latest that is known of an event. */
  void note(CostedUsage usage) {
    if (usage.getPricingStatus() == PricingStatus.UNPRICED && hasPrice(usage)) {
      ids.add(usage.getEventId());
    } else {
      ids.remove(usage.getEventId());
    }
  }

  /** How many events are to be costed again. */
  long count() {
    return ids.size();
  }

  private boolean hasPrice(CostedUsage usage) {
    String reason = usage.getUnpricedReason();
    if (reason != null && reason.startsWith(UNIT_NOT_PRICED)) {
      return false; // its price was read, and does not say what this unit costs
    }
    if (book == null) {
      book = table.get();
    }
    return book.find(
            new BillableEvent(
                usage.getProvider(),
                usage.getModel(),
                usage.getServiceTier(),
                usage.getRegion(),
                usage.getProject(),
                usage.getTeam(),
                ChronoUnit.MICROS.between(Instant.EPOCH, usage.getOccurredAt()),
                CostRole.LEAF,
                new UsageQuantities()))
        .isPresent();
  }
}

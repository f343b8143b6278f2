package io.tokenmeter.cli.reprice;

import io.tokenmeter.domain.price.PriceRow;
import io.tokenmeter.domain.price.PricedBy;
import io.tokenmeter.streams.cost.Recosting;
import io.tokenmeter.streams.usage.MeteredEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The usage of which it is asked what it costs by now.
 *
 * @param provider of the events
 * @param model as served, or of the price row that has priced the event or prices it now
 * @param from earliest time of an event
 * @param to latest time of an event, exclusive
 */
record Scope(String provider, String model, Instant from, Instant to) {

  /** Whether a record that was read and priced again is meant. */
  boolean holds(Recosting recosting) {
    MeteredEvent event = recosting.event();
    return event.provider().equalsIgnoreCase(provider)
        && micros(from) <= event.occurredAtMicros()
        && event.occurredAtMicros() < micros(to)
        && (event.model().equalsIgnoreCase(model)
            || isOfModel(event.cost().pricedBy())
            || isOfModel(recosting.priceKeyBefore()));
  }

  private boolean isOfModel(@Nullable PricedBy price) {
    return price != null && price.row().model().equalsIgnoreCase(model);
  }

  /** A key begins with the names of the row's provider and model. */
  private boolean isOfModel(@Nullable String priceKey) {
    String undated = PriceRow.of(provider, model).build().key();
    String beginning = undated.substring(0, undated.lastIndexOf('|') + 1);
    return priceKey != null && priceKey.regionMatches(true, 0, beginning, 0, beginning.length());
  }

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  @Override
  public String toString() {
    return provider + " " + model + " from " + from + " to " + to;
  }
}

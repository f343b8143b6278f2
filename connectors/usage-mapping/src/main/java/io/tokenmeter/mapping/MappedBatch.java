package io.tokenmeter.mapping;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.schemas.UsageEvent;
import java.util.List;

/**
 * What a whole body became.
 *
 * @param items one for each item that is about usage, in the body's order
 * @param ignored how many items were not about usage at all, such as spans of a database
 */
public record MappedBatch(List<MappedItem> items, int ignored) {

  public MappedBatch {
    items = List.copyOf(items);
  }

  /** A body that cannot be read as a whole. */
  public static MappedBatch rejected(Rejection rejection) {
    return new MappedBatch(List.of(new MappedItem.Rejected("", rejection)), 0);
  }

  /** The events, in the body's order. */
  public List<UsageEvent> events() {
    return items.stream()
        .filter(MappedItem.Event.class::isInstance)
        .map(item -> ((MappedItem.Event) item).event())
        .toList();
  }

  /** The rejections, in the body's order. */
  public List<MappedItem.Rejected> rejections() {
    return items.stream()
        .filter(MappedItem.Rejected.class::isInstance)
        .map(MappedItem.Rejected.class::cast)
        .toList();
  }
}

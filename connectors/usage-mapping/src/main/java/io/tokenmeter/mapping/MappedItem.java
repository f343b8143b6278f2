package io.tokenmeter.mapping;

import io.tokenmeter.domain.usage.Rejection;
import io.tokenmeter.schemas.UsageEvent;

/** What one item of a body became: a usage event, or a rejection. */
public sealed interface MappedItem {

  /**
   * Where the item stood: {@code resourceSpans[0].scopeSpans[0].spans[2]}, {@code [3]} in an array,
   * {@code line 7} of JSON lines; empty where the body is the item.
   */
  String path();

  /** An event that the application will accept, as far as it can be judged without prices. */
  record Event(String path, UsageEvent event) implements MappedItem {}

  /** An item that cannot become an event, and why. */
  record Rejected(String path, Rejection rejection) implements MappedItem {

    /** The path, the reason and the sentence, as an answer to a client shows them. */
    @Override
    public String toString() {
      String where = path.isEmpty() ? "" : path + ": ";
      return where + rejection.reason() + ": " + rejection.message();
    }
  }
}

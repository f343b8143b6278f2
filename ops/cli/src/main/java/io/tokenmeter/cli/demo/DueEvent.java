package io.tokenmeter.cli.demo;

import io.tokenmeter.schemas.UsageEvent;
import java.time.Instant;
import java.util.Comparator;

/**
 * An event and when its producer reports it.
 *
 * @param at when the request, or the span, is over
 */
record DueEvent(Instant at, UsageEvent event) {
  /** As they are reported; what is reported at once in any order, but always the same. */
  static final Comparator<DueEvent> IN_TURN =
      Comparator.comparing(DueEvent::at).thenComparing(due -> due.event().getEventId());
}

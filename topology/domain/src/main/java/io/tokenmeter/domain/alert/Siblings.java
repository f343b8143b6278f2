package io.tokenmeter.domain.alert;

import io.tokenmeter.domain.alert.Incident.Phase;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the incident whose cause a finding shows too, by the first rule that knows one. */
final class Siblings {
  private Siblings() {}

  /**
   * The incident that a finding which waits belongs to; null where it is one of its own.
   *
   * @param incidents all there are
   */
  static @Nullable Incident of(Incident waiting, Collection<Incident> incidents) {
    Grouping grouping = Grouping.of(waiting.primary().began.detector());
    if (grouping == Grouping.NONE) {
      return null;
    }
    Incident same = SameSubject.of(waiting, incidents);
    if (same != null) {
      return same;
    }
    Incident price = SharedPrice.of(waiting, incidents);
    if (price != null || waiting.primary().priced() != null) {
      return price;
    }
    if (grouping == Grouping.BY_STAKE) {
      return SharedStake.of(waiting, incidents);
    }
    Incident onset = SharedOnset.of(waiting, incidents);
    return onset == null && Direction.of(waiting.primary().began) == Direction.DOWN
        ? SharedStake.explaining(waiting, waiting.primary(), incidents)
        : onset;
  }

  /**
   * Whether one may belong to the other. What a cool-down holds back may never be reported, so that
   * nothing joins it; what came on top of an incident does not belong to that.
   */
  static boolean isOther(Incident incident, Incident own) {
    boolean heldBack = incident.phase == Phase.WAITING && incident.heldBackMicros != Long.MIN_VALUE;
    return incident != own
        && !heldBack
        && incident.isLike(own)
        && !incident.gaveWayTo(own.primary());
  }
}

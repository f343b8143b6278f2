package io.tokenmeter.domain.alert;

import io.tokenmeter.domain.alert.Incident.Phase;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What falls silent, or was published, together has one cause. */
final class SharedOnset {
  private SharedOnset() {}

  static @Nullable Incident of(Incident waiting, Collection<Incident> incidents) {
    for (Incident incident : incidents) {
      if (Siblings.isOther(incident, waiting)
          && incident.phase != Phase.WAITING
          && incident.members.stream().anyMatch(m -> m.beganWith(waiting.primary()))) {
        return incident;
      }
    }
    return null;
  }
}

package io.tokenmeter.domain.alert;

import io.tokenmeter.domain.alert.Incident.Phase;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Whoever pays a model's new price shows one cause, at once or hours later, when it is used again.
 *
 * <p>Which model's price it is is known of subjects whose usage is kept by model. Others, such as
 * projects, are taken to show it when price is the largest part of their change and a price that
 * has changed goes on.
 */
final class SharedPrice {
  private static final long AGAIN_MICROS = 6 * 3_600_000_000L;

  private SharedPrice() {}

  static @Nullable Incident of(Incident waiting, Collection<Incident> incidents) {
    Member own = waiting.primary();
    if (!own.isPriceChange()) {
      return null;
    }
    for (Incident incident : incidents) {
      boolean early = incident.phase != Phase.WAITING || incident.primary().isModel();
      if (Siblings.isOther(incident, waiting) && early && !isAgain(incident, own)) {
        for (Member member : incident.members) {
          if (isSame(member, own)) {
            return incident;
          }
        }
      }
    }
    return null;
  }

  /**
   * Whether a model shows a price of its own that others have shown for hours: it has changed
   * again, and those have only not been used since.
   */
  private static boolean isAgain(Incident incident, Member own) {
    long hoursBefore = own.began.sinceMicros() - AGAIN_MICROS;
    return own.subject().equals(own.priced())
        && incident.members.stream()
            .anyMatch(
                member ->
                    own.subject().equals(member.priced())
                        && member.began.sinceMicros() < hoursBefore);
  }

  private static boolean isSame(Member member, Member own) {
    Subject theirs = member.priced();
    Subject ours = own.priced();
    if (theirs != null && ours != null) {
      return theirs.equals(ours) && (member.overlaps(own) || own.overlaps(member));
    }
    return theirs != null && member.overlaps(own);
  }
}

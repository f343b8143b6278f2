package io.tokenmeter.domain.alert;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What one detector says of a subject while another one's finding of it goes on has one cause:
 * requests of a leaked key move its mix of models, and what falls silent spends nothing.
 *
 * <p>Spend that has become a multiple of what the first finding said is news: in dollars, and in
 * times the usual as well, as a day's dollars are a multiple of a night's.
 */
final class SameSubject {
  /** So many times the first finding's multiple of the usual is another one. */
  private static final double MULTIPLE_OF_USUAL = 3;

  private SameSubject() {}

  static @Nullable Incident of(Incident waiting, Collection<Incident> incidents) {
    Member own = waiting.primary();
    for (Incident incident : incidents) {
      if (incident != waiting
          && incident.heldBackMicros == Long.MIN_VALUE
          && !incident.gaveWayTo(own)) {
        for (Member member : incident.members) {
          if (isSame(member, own)) {
            return incident;
          }
        }
      }
    }
    return null;
  }

  private static boolean isSame(Member member, Member own) {
    return member.subject().equals(own.subject())
        && member.overlaps(own)
        && mayShow(member.began, own.began)
        && (own.began.detector() != Detector.ANOMALY || !isNews(member, own));
  }

  private static boolean isNews(Member first, Member second) {
    return second.stake() > SharedStake.MULTIPLE_TOGETHER * first.peak
        && second.timesUsual() > MULTIPLE_OF_USUAL * first.timesUsual();
  }

  private static boolean mayShow(Finding first, Finding second) {
    Direction direction = Direction.of(first);
    boolean mix = first.detector() == Detector.ANOMALY && second.detector() == Detector.MODEL_DRIFT;
    return direction != Direction.NEITHER
        && first.detector() != second.detector()
        && (mix || direction == Direction.of(second));
  }
}

package io.tokenmeter.domain.alert;

import io.tokenmeter.domain.alert.Incident.Phase;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the incident whose cause a finding shows too.
 *
 * <p>What belongs to what is not known: usage is summed for each dimension apart. So a project is
 * taken to show what one of its keys does when both go the same way, from about the same time on,
 * and the key's excess is most of the project's ({@link #SHARE}), but not a multiple of it ({@link
 * #MULTIPLE}), which cannot be inside it. Two subjects of one dimension never have one cause,
 * unless that is a model's price, or silence.
 */
final class Siblings {
  /** The share of a broader subject's stake that narrower ones must explain. */
  static final double SHARE = 0.6;

  /** How many times a broader subject's stake a narrower one's estimate may be. */
  static final double MULTIPLE = 3;

  private Siblings() {}

  /**
   * The incident that a finding which waits belongs to; null where it is one of its own.
   *
   * @param incidents all there are
   */
  static @Nullable Incident of(Incident waiting, Collection<Incident> incidents) {
    return switch (Grouping.of(waiting.primary().began.detector())) {
      case NONE -> null;
      case BY_ONSET -> byOnset(waiting, incidents);
      case BY_STAKE -> byStake(waiting, incidents);
    };
  }

  private static @Nullable Incident byOnset(Incident waiting, Collection<Incident> incidents) {
    for (Incident incident : incidents) {
      if (isOther(incident, waiting)
          && incident.phase != Phase.WAITING
          && incident.primary().beganWith(waiting.primary())) {
        return incident;
      }
    }
    return null;
  }

  private static @Nullable Incident byStake(Incident waiting, Collection<Incident> incidents) {
    Member member = waiting.primary();
    Incident price = member.isPriceChange() ? ofPrice(waiting, incidents) : null;
    if (price != null) {
      return price;
    }
    Incident narrower = explaining(waiting, member, incidents);
    return narrower != null ? narrower : explained(waiting, incidents);
  }

  /** Whoever pays a model's new price shows one cause, which is best told of the model. */
  private static @Nullable Incident ofPrice(Incident waiting, Collection<Incident> incidents) {
    for (Incident incident : incidents) {
      Member primary = incident.primary();
      boolean early = incident.phase != Phase.WAITING || primary.isModel();
      if (isOther(incident, waiting)
          && early
          && primary.isPriceChange()
          && (incident.hasDimension("model") || waiting.primary().isModel())
          && primary.beganWith(waiting.primary())) {
        return incident;
      }
    }
    return null;
  }

  /**
   * The incident of narrower subjects which explains a subject alone or, if they all began with it,
   * together with others: of these the one whose stake comes closest.
   */
  static @Nullable Incident explaining(Incident own, Member broad, Collection<Incident> incidents) {
    Incident closest = null;
    double best = 0;
    // Subjects of one dimension are apart from each other, so that only their stakes add up.
    Map<String, Double> together = new HashMap<>();
    for (Incident incident : incidents) {
      if (!isOther(incident, own) || incident.hasDimension(broad.subject().dimension())) {
        continue;
      }
      for (Member member : incident.members) {
        if (!mayExplain(member, broad)) {
          continue;
        }
        double closeness = closeness(member.stake(), broad.stake());
        if (closest == null || closeness > best) {
          closest = incident;
          best = closeness;
        }
        if (member.beganWith(broad)) {
          together.merge(member.subject().dimension(), member.stake(), Double::sum);
        }
      }
    }
    double share = SHARE * broad.stake();
    return best >= SHARE || together.values().stream().anyMatch(sum -> sum >= share)
        ? closest
        : null;
  }

  private static boolean mayExplain(Member narrow, Member broad) {
    return narrow.rank() < broad.rank()
        && narrow.mayCause(broad)
        && narrow.stake() <= MULTIPLE * broad.stake();
  }

  /** 1 where both are equal, toward 0 the further they are apart; above {@link #SHARE} enough. */
  private static double closeness(double narrow, double broad) {
    double larger = Math.max(narrow, broad);
    return larger == 0 ? 1 : narrow <= broad ? narrow / larger : Math.max(SHARE, broad / larger);
  }

  /** The incident of broader subjects that was reported before the narrower one came to explain. */
  private static @Nullable Incident explained(Incident waiting, Collection<Incident> incidents) {
    Member narrow = waiting.primary();
    for (Incident incident : incidents) {
      Member broad = incident.primary();
      if (isOther(incident, waiting)
          && incident.phase != Phase.WAITING
          && incident.members.stream().allMatch(member -> member.rank() > narrow.rank())
          && broad.beganWith(narrow)
          && narrow.stake() >= SHARE * broad.stake()
          && narrow.stake() <= MULTIPLE * broad.stake()) {
        return incident;
      }
    }
    return null;
  }

  /** What a cool-down holds back may never be reported, so that nothing joins it. */
  private static boolean isOther(Incident incident, Incident own) {
    boolean heldBack = incident.phase == Phase.WAITING && incident.heldBackMicros != Long.MIN_VALUE;
    return incident != own && !heldBack && incident.isLike(own);
  }
}

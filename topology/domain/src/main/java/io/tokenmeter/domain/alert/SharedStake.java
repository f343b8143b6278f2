package io.tokenmeter.domain.alert;

import io.tokenmeter.domain.alert.Incident.Phase;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells by time and dollars that a broader subject shows what narrower ones do.
 *
 * <p>What belongs to what is not known: usage is summed for each dimension apart. So a project is
 * taken to show what one of its keys does when both go the same way at one time, and the key's
 * excess is much of the project's ({@link #SHARE}), but not a multiple of it ({@link #MULTIPLE}),
 * which cannot be inside it; of a model, workflow or customer it can, as a key may have several.
 * Where both began, or may have begun, together, a smaller share will do: at the onset stakes are
 * rough estimates, in a loop's first seconds a tenth of what it comes to. What a key's detector
 * says it has grown to since counts, too: a night's dollars are few beside those of the day.
 */
final class SharedStake {
  /** The share of a broader subject's stake that narrower ones must explain. */
  static final double SHARE = 0.3;

  /** As {@link #SHARE}, where both began together. */
  static final double SHARE_TOGETHER = 0.04;

  /** As {@link #SHARE}, where it cannot be told which began first. */
  static final double SHARE_WITHIN = 0.1;

  /** As {@link #SHARE}, of what may be a part of a key. */
  static final double SHARE_OF_PART = 0.25;

  /** How many times a broader subject's stake a narrower one's estimate may be. */
  static final double MULTIPLE = 3;

  /** As {@link #MULTIPLE}, where both began together. */
  static final double MULTIPLE_TOGETHER = 10;

  private SharedStake() {}

  static @Nullable Incident of(Incident waiting, Collection<Incident> incidents) {
    Incident narrower = explaining(waiting, waiting.primary(), incidents);
    return narrower != null ? narrower : explained(waiting, incidents);
  }

  /**
   * The incident of narrower subjects which explains a subject alone or together with others: of
   * these the one whose stake comes closest, and one that goes on before one that is over.
   */
  static @Nullable Incident explaining(Incident own, Member broad, Collection<Incident> incidents) {
    Incident going = explaining(own, broad, incidents, true);
    return going != null ? going : explaining(own, broad, incidents, false);
  }

  private static @Nullable Incident explaining(
      Incident own, Member broad, Collection<Incident> incidents, boolean open) {
    Incident closest = null;
    double best = 0;
    boolean alone = false;
    // Subjects of one dimension are apart from each other, so that only their stakes add up.
    Map<String, Double> together = new HashMap<>();
    for (Incident incident : incidents) {
      if (!Siblings.isOther(incident, own) || incident.hasAnotherOf(broad)) {
        continue;
      }
      for (Member member : incident.members) {
        if (!mayExplain(member, broad) || open && !member.isOpen()) {
          continue;
        }
        boolean one = explainsAlone(member, broad);
        alone |= one;
        double closeness = closeness(member, broad.stake()) + (one ? 1 : 0);
        if (closest == null || closeness > best) {
          closest = incident;
          best = closeness;
        }
        if (!broad.isPart()) {
          together.merge(member.subject().dimension(), member.peak, Double::sum);
        }
      }
    }
    double share = SHARE * broad.stake();
    return alone || together.values().stream().anyMatch(sum -> sum >= share) ? closest : null;
  }

  private static boolean mayExplain(Member narrow, Member broad) {
    if (narrow.rank() >= broad.rank()) {
      return false;
    }
    boolean together = broad.mayHaveBegunWith(narrow);
    double multiple = together ? MULTIPLE_TOGETHER : MULTIPLE;
    return (together || narrow.overlaps(broad))
        && (broad.isPart() || broad.isModel() || narrow.stake() <= multiple * broad.stake());
  }

  private static boolean explainsAlone(Member narrow, Member broad) {
    return narrow.peak >= share(narrow, broad) * broad.stake() || SharedDriver.of(narrow, broad);
  }

  private static double share(Member narrow, Member broad) {
    if (narrow.beganWith(broad)) {
      return SHARE_TOGETHER;
    }
    if (broad.mayHaveBegunWith(narrow)) {
      return SHARE_WITHIN;
    }
    return broad.isPart() ? SHARE_OF_PART : SHARE;
  }

  /** 1 where the broader one's stake is what the narrower one's was or grew to, else toward 0. */
  private static double closeness(Member narrow, double broad) {
    double nearest = Math.min(narrow.peak, Math.max(narrow.stake(), broad));
    double larger = Math.max(nearest, broad);
    return larger == 0 ? 1 : Math.min(nearest, broad) / larger;
  }

  /** The incident of broader subjects that was reported before the narrower one came to explain. */
  private static @Nullable Incident explained(Incident waiting, Collection<Incident> incidents) {
    Member narrow = waiting.primary();
    for (Incident incident : incidents) {
      Member broad = incident.primary();
      if (Siblings.isOther(incident, waiting)
          && incident.phase != Phase.WAITING
          && incident.members.stream().allMatch(member -> member.rank() > narrow.rank())
          && broad.priced() == null
          && broad.beganWith(narrow)
          && explainsAlone(narrow, broad)
          && narrow.stake() <= MULTIPLE_TOGETHER * broad.stake()) {
        return incident;
      }
    }
    return null;
  }
}

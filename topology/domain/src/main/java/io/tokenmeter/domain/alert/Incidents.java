package io.tokenmeter.domain.alert;

import io.tokenmeter.domain.alert.Incident.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The incidents that are open or remembered, by number and by cause, and which have changed. */
final class Incidents {
  private final TreeMap<Long, Incident> byNumber = new TreeMap<>();

  /** Where the latest finding of a cause is. */
  private final Map<CauseKey, Incident> byCause = new HashMap<>();

  private final Set<Long> changed = new LinkedHashSet<>();
  private int open;

  int open() {
    return open;
  }

  Collection<Incident> all() {
    return byNumber.values();
  }

  @Nullable Incident get(long number) {
    return byNumber.get(number);
  }

  @Nullable Incident latestOf(Finding finding) {
    return byCause.get(CauseKey.of(finding));
  }

  /** Those that a condition holds for, as they are now, the narrowest subjects first. */
  List<Incident> narrowestFirst(Predicate<Incident> condition) {
    List<Incident> found = new ArrayList<>();
    for (Incident incident : byNumber.values()) {
      if (condition.test(incident)) {
        found.add(incident);
      }
    }
    found.sort(Comparator.comparingInt(incident -> incident.primary().rank()));
    return found;
  }

  /** A new incident of one subject. */
  Incident add(Member member) {
    Incident incident = new Incident(byNumber.isEmpty() ? 1 : byNumber.lastKey() + 1);
    incident.add(member);
    put(incident);
    changed.add(incident.number);
    return incident;
  }

  /** Puts an incident back that was stored. */
  void put(Incident incident) {
    byNumber.put(incident.number, incident);
    incident.members.forEach(member -> index(member, incident));
    open += incident.phase == Phase.RESOLVED ? 0 : 1;
  }

  /** Notes where a member is, unless a later one of its cause is known. */
  private void index(Member member, Incident incident) {
    byCause.merge(
        CauseKey.of(member.began),
        incident,
        (known, other) -> {
          Member latest = known.memberOf(member.began);
          boolean later =
              latest == null || latest.began.sinceMicros() <= member.began.sinceMicros();
          return later ? other : known;
        });
  }

  /** Moves a subject into an incident, unless that follows too many already. */
  boolean move(Member member, Incident to) {
    boolean followed = to.add(member);
    if (followed) {
      index(member, to);
    }
    changed(to);
    return followed;
  }

  /** Forgets an incident; what was known of its causes before it counts again. */
  void remove(Incident incident) {
    if (byNumber.remove(incident.number) == null) {
      return;
    }
    changed.add(incident.number);
    open -= incident.phase == Phase.RESOLVED ? 0 : 1;
    for (Member member : incident.members) {
      if (byCause.remove(CauseKey.of(member.began), incident)) {
        for (Incident other : byNumber.values()) {
          Member earlier = other.memberOf(member.began);
          if (earlier != null) {
            index(earlier, other);
          }
        }
      }
    }
  }

  /** Counts an incident among those that are only remembered, of which there is a bound. */
  void resolved(Incident incident, int bound) {
    open--;
    changed(incident);
    if (byNumber.size() - open > bound) {
      byNumber.values().stream()
          .filter(remembered -> remembered.phase == Phase.RESOLVED)
          .min(Comparator.comparingLong(remembered -> remembered.dueMillis))
          .ifPresent(this::remove);
    }
  }

  void changed(Incident incident) {
    changed.add(incident.number);
  }

  /** Hands over the numbers of what has changed since the last call. */
  void drainChanged(LongConsumer consumer) {
    changed.forEach(consumer::accept);
    changed.clear();
  }
}

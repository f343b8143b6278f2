package io.tokenmeter.domain.alert;

import io.tokenmeter.domain.alert.Incident.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins findings of one cause into one incident, and says once that it fires and once that it is
 * over.
 *
 * <p>A finding waits for its siblings first, because the tasks that watch a key and its project do
 * not write back together. A subject that is explained by others joins their incident, also after
 * it fires or was resolved; see {@link Siblings}. An incident is over when all its subjects are. A
 * subject that joined one which is over, but goes on for {@value #TRAILING_MILLIS} ms, becomes an
 * incident of its own.
 *
 * <p>What has been said of a subject and cause is not said again however often its findings are
 * repeated; a repetition only tells how large it has grown. State is bounded by {@value #MAX_OPEN}
 * open incidents and as many that are remembered. Times named {@code nowMillis} are the caller's
 * clock, milliseconds since the epoch. Not thread-safe.
 */
public final class IncidentJoiner {
  /** How many incidents may wait or fire; findings beyond it are dropped and counted. */
  public static final int MAX_OPEN = 10_000;

  private static final long TRAILING_MILLIS = 600_000;
  private static final long REMEMBERED_MILLIS = 3_600_000;

  private static final long RETURN_MICROS = 6 * 3_600_000_000L;

  /** Number of the entry that holds the clock; incidents begin with 1. */
  private static final long CLOCK = 0;

  private final JoinRules rules;
  private final Incidents incidents = new Incidents();
  private StreamClock clock = new StreamClock();
  private boolean clockChanged;
  private long dropped;

  /** A joiner that knows of nothing. */
  public IncidentJoiner(JoinRules rules) {
    this.rules = rules;
  }

  /** Puts back an entry of {@link #writeChanges}; before the first finding. */
  public void restore(long number, byte[] entry, long nowMillis) {
    if (number == CLOCK) {
      clock = IncidentCodec.decodeClock(entry, micros(nowMillis));
    } else {
      incidents.put(IncidentCodec.decode(number, entry));
    }
  }

  /** Hands over what has changed since the last call, by number; null where it is gone. */
  public void writeChanges(BiConsumer<Long, byte @Nullable []> writer) {
    if (clockChanged) {
      clockChanged = false;
      writer.accept(CLOCK, IncidentCodec.encodeClock(clock));
    }
    incidents.drainChanged(
        number -> {
          Incident incident = incidents.get(number);
          writer.accept(number, incident == null ? null : IncidentCodec.encode(incident));
        });
  }

  /** Number of incidents that wait or fire. */
  public int open() {
    return incidents.open();
  }

  /** Findings that were dropped because {@link #MAX_OPEN} incidents were open. */
  public long dropped() {
    return dropped;
  }

  /** Takes a finding; returns the alerts that it leads to at once. */
  public List<Alert> on(Finding finding, long nowMillis) {
    clock.arrived(finding.atMicros(), micros(nowMillis));
    clockChanged = true;
    List<Alert> alerts = new ArrayList<>();
    Incident incident = incidents.latestOf(finding);
    Member member = incident == null ? null : incident.memberOf(finding);
    if (incident == null || member == null) {
      if (finding.firing()) {
        begin(finding, null, nowMillis, alerts::add);
      }
    } else if (!finding.firing()) {
      end(incident, member, finding, nowMillis, alerts::add);
    } else if (Grouping.neverEnds(finding.detector()) && member.isOpen()) {
      member.heardMicros = Math.max(member.heardMicros, finding.atMicros());
      incidents.changed(incident);
    } else if (finding.sinceMicros() > member.sinceMicros) {
      if (comesBack(incident, member, finding)) {
        member.comesBack(finding);
        incidents.changed(incident);
        return alerts;
      }
      // A detector that begins anew has lost sight of the end of what it said before.
      String sentence = "It ended before " + finding.cause() + " began again.";
      end(
          incident,
          member,
          member.began.ended(finding.sinceMicros(), sentence),
          nowMillis,
          alerts::add);
      begin(finding, incident, nowMillis, alerts::add);
    } else if (member.comesTo(finding)) {
      incidents.changed(incident);
    }
    return alerts;
  }

  /** Does what is due by now; returns the alerts that it leads to. */
  public List<Alert> tick(long nowMillis) {
    List<Alert> alerts = new ArrayList<>();
    // Narrow ones first: broader ones that are due at the same time join them.
    for (Incident incident : incidents.narrowestFirst(due -> isDue(due, nowMillis))) {
      switch (incident.phase) {
        case WAITING -> fireIfDue(incident, nowMillis, alerts::add);
        case FIRING -> endWhatIsQuiet(incident, nowMillis, alerts::add);
        case RESOLVED -> lookAfter(incident, nowMillis, alerts::add);
      }
    }
    return alerts;
  }

  private static boolean isDue(Incident incident, long nowMillis) {
    return switch (incident.phase) {
      case WAITING -> nowMillis >= incident.dueMillis;
      case FIRING -> Grouping.neverEnds(incident.primary().began.detector());
      case RESOLVED -> nowMillis >= incident.dueMillis || !incident.isOver();
    };
  }

  /** Whether a subject flickers while its incident goes on, which says nothing new. */
  private static boolean comesBack(Incident incident, Member member, Finding again) {
    return Grouping.of(again.detector()) != Grouping.NONE
        && incident.phase == Phase.FIRING
        && !member.gaveWayTo(again)
        && (member.ended == null || again.atMicros() - member.ended.atMicros() <= RETURN_MICROS)
        && again.atStake().toBigDecimal().doubleValue()
            <= SharedStake.MULTIPLE_TOGETHER * member.peak;
  }

  private void begin(
      Finding finding, @Nullable Incident last, long nowMillis, Consumer<Alert> alerts) {
    if (incidents.open() >= MAX_OPEN) {
      dropped++;
      return;
    }
    long heldBackMicros = last == null ? Long.MIN_VALUE : heldBackAfter(last, finding);
    Incident incident = incidents.add(new Member(finding));
    incident.heldBackMicros = heldBackMicros;
    boolean alone = Grouping.of(finding.detector()) == Grouping.NONE;
    long wait = rules.siblingWait().toMillis();
    incident.dueMillis = nowMillis + (alone ? 0 : wait);
    incident.patientMillis = nowMillis + (alone ? 0 : wait * Patience.of(incident.primary()));
    if (alone) {
      fireIfDue(incident, nowMillis, alerts);
    }
  }

  /** Until when a finding is held back by the last incident of the same cause and subject. */
  private long heldBackAfter(Incident last, Finding finding) {
    Member member = last.memberOf(finding);
    if (last.phase == Phase.WAITING) {
      return last.heldBackMicros; // which was not reported itself
    }
    return member == null || member.ended == null || !Grouping.comesAndGoes(finding.detector())
        ? Long.MIN_VALUE
        : member.ended.atMicros() + micros(rules.coolDown().toMillis());
  }

  private void end(
      Incident incident, Member member, Finding end, long nowMillis, Consumer<Alert> alerts) {
    if (!member.isOpen() || end.sinceMicros() < member.sinceMicros) {
      return; // said before, or of an earlier time
    }
    member.ended = end;
    incidents.changed(incident);
    if (incident.phase == Phase.FIRING) {
      handOver(incident);
      resolveIfOver(incident, nowMillis, alerts);
    }
  }

  /** Broader subjects that go on when their narrowest one has ended may be due to others. */
  private void handOver(Incident incident) {
    for (Member member : List.copyOf(incident.members)) {
      if (member.isOpen() && member != incident.primary() && !incident.explains(member)) {
        Incident other =
            SharedStake.explaining(incident, member, incidents.narrowestFirst(Incident::goesOn));
        if (other != null) {
          move(member, incident, other);
        }
      }
    }
  }

  private void fireIfDue(Incident incident, long nowMillis, Consumer<Alert> alerts) {
    if (incidents.get(incident.number) != incident || incident.phase != Phase.WAITING) {
      return; // it has joined another one meanwhile
    }
    Finding ended = incident.primary().ended;
    if (isHeldBack(incident, nowMillis)) {
      if (ended != null) {
        incidents.remove(incident); // too short to be worth a second alert
      }
      return;
    }
    Incident other = Siblings.of(incident, incidents.all());
    if (other != null) {
      merge(incident, other, nowMillis);
      return;
    }
    if (nowMillis < incident.patientMillis) {
      incident.dueMillis = incident.patientMillis;
      incidents.changed(incident);
      return;
    }
    incident.phase = Phase.FIRING;
    incidents.changed(incident);
    if (Grouping.of(incident.primary().began.detector()) != Grouping.NONE) {
      gatherSiblings(incident, nowMillis);
    }
    alerts.accept(incident.fire());
    takeOver(incident, nowMillis, alerts);
    resolveIfOver(incident, nowMillis, alerts);
  }

  /** Takes over what goes on in an incident that gave way to this one, which ends that. */
  private void takeOver(Incident second, long nowMillis, Consumer<Alert> alerts) {
    for (Incident first : incidents.narrowestFirst(Incident::goesOn)) {
      if (first.gaveWayTo(second.primary())) {
        first.members.stream().filter(Member::isOpen).toList().forEach(m -> move(m, first, second));
        resolveIfOver(first, nowMillis, alerts);
      }
    }
  }

  private void move(Member member, Incident from, Incident to) {
    if (incidents.move(member, to)) {
      from.members.remove(member);
      incidents.changed(from);
    }
  }

  /** Whether its cool-down is not over, or it ended before that was. */
  private boolean isHeldBack(Incident incident, long nowMillis) {
    Finding ended = incident.primary().ended;
    long untilMicros = ended == null ? clock.now(micros(nowMillis)) : ended.atMicros();
    return untilMicros < incident.heldBackMicros;
  }

  /** Takes in the siblings that wait as well, so that the alert names them. */
  private void gatherSiblings(Incident incident, long nowMillis) {
    for (Incident waiting : incidents.narrowestFirst(i -> i.phase == Phase.WAITING)) {
      if (!isHeldBack(waiting, nowMillis) && Siblings.of(waiting, incidents.all()) == incident) {
        merge(waiting, incident, nowMillis);
      }
    }
  }

  private void merge(Incident incident, Incident other, long nowMillis) {
    incidents.remove(incident);
    for (Member member : incident.members) {
      member.trailsSinceMillis = nowMillis;
      incidents.move(member, other);
    }
  }

  private void resolveIfOver(Incident incident, long nowMillis, Consumer<Alert> alerts) {
    if (incident.isOver()) {
      alerts.accept(incident.resolve());
      incident.dueMillis = nowMillis + Math.max(REMEMBERED_MILLIS, rules.coolDown().toMillis());
      incidents.resolved(incident, MAX_OPEN);
    }
  }

  private void endWhatIsQuiet(Incident incident, long nowMillis, Consumer<Alert> alerts) {
    long nowMicros = clock.now(micros(nowMillis));
    for (Member member : incident.members) {
      Finding began = member.began;
      long windowMicros = began.windowEndMicros() - began.windowStartMicros();
      if (member.isOpen() && nowMicros - member.heardMicros > windowMicros) {
        String sentence = "It has not happened again for " + Durations.text(windowMicros) + ".";
        member.ended = began.ended(nowMicros, sentence);
      }
    }
    resolveIfOver(incident, nowMillis, alerts);
  }

  private void lookAfter(Incident incident, long nowMillis, Consumer<Alert> alerts) {
    for (Member member : List.copyOf(incident.members)) {
      if (member.isOpen() && nowMillis - member.trailsSinceMillis > TRAILING_MILLIS) {
        incident.members.remove(member);
        incidents.changed(incident);
        Incident own = incidents.add(member);
        own.phase = Phase.FIRING;
        alerts.accept(own.fire());
      }
    }
    if (nowMillis >= incident.dueMillis && incident.isOver()) {
      incidents.remove(incident);
    }
  }

  private static long micros(long millis) {
    return Math.multiplyExact(millis, 1000L);
  }
}

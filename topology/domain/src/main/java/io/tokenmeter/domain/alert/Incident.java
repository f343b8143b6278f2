package io.tokenmeter.domain.alert;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Findings of one cause, and how far the alert about them is. */
final class Incident {
  /** How many further subjects an alert lists. */
  static final int LISTED = 50;

  /** How many subjects are kept track of. */
  static final int TRACKED = 200;

  /** How far the alert is. */
  enum Phase {
    /** Waits for siblings, or for the end of a cool-down. */
    WAITING,
    /** The alert is out. */
    FIRING,
    /** The alert is out, and so is its end; remembered for what comes late. */
    RESOLVED
  }

  final long number;
  Phase phase = Phase.WAITING;

  /** When it is looked at next, milliseconds since the epoch: to fire, or to be forgotten. */
  long dueMillis;

  /** Until when it waits for narrower subjects of its cause, milliseconds since the epoch. */
  long patientMillis;

  /** Until when a cool-down holds it back, event time; {@link Long#MIN_VALUE} for none. */
  long heldBackMicros = Long.MIN_VALUE;

  /** The primary one first. */
  final List<Member> members = new ArrayList<>();

  /** Further subjects, in the order they came. */
  final Set<Subject> also = new LinkedHashSet<>();

  Severity severity = Severity.INFO;

  Incident(long number) {
    this.number = number;
  }

  Member primary() {
    return members.get(0);
  }

  boolean isOver() {
    return members.stream().noneMatch(Member::isOpen);
  }

  /** Whether its alert is out, and at least one of its subjects goes on. */
  boolean goesOn() {
    return phase == Phase.FIRING && !isOver();
  }

  /** Whether one of its causes was ended by its detector for another one that came on top. */
  boolean gaveWayTo(Member second) {
    return members.stream().anyMatch(member -> member.gaveWayTo(second.began));
  }

  /** Whether another team or project is in here: a key has one of them. */
  boolean hasAnotherOf(Member broad) {
    return !broad.isPart()
        && !broad.isModel()
        && members.stream()
            .map(Member::subject)
            .anyMatch(
                other ->
                    other.dimension().equals(broad.subject().dimension())
                        && !other.equals(broad.subject()));
  }

  /** The latest of a finding's cause and subject; null where there is none. */
  @Nullable Member memberOf(Finding finding) {
    Member latest = null;
    for (Member member : members) {
      if (CauseKey.of(member.began).equals(CauseKey.of(finding))
          && (latest == null || member.began.sinceMicros() > latest.began.sinceMicros())) {
        latest = member;
      }
    }
    return latest;
  }

  /** Whether a broader subject is explained by a narrower one in here that goes on. */
  boolean explains(Member broad) {
    return members.stream().anyMatch(m -> m.isOpen() && m.rank() < broad.rank());
  }

  /** Whether both are about the same kind of cause. */
  boolean isLike(Incident other) {
    Finding mine = primary().began;
    Finding others = other.primary().began;
    Direction direction = Direction.of(mine);
    return direction == Direction.NEITHER
        ? mine.detector() == others.detector() && mine.cause().equals(others.cause())
        : direction == Direction.of(others);
  }

  /** Takes in one more subject; beyond {@link #TRACKED} it is neither listed nor followed. */
  boolean add(Member member) {
    if (members.size() >= TRACKED) {
      return false;
    }
    members.add(member);
    list(member);
    return true;
  }

  private void list(Member member) {
    list(member.subject());
    Subject priced = member.priced();
    if (priced != null) {
      list(priced);
    }
  }

  private void list(Subject subject) {
    if (also.size() < LISTED && !subject.equals(primary().subject())) {
      also.add(subject);
    }
  }

  /** Makes the alert that says it fires; from now on its id and severity are fixed. */
  Alert fire() {
    choosePrimary();
    for (Member member : members) {
      if (member.began.severity().compareTo(severity) > 0) {
        severity = member.began.severity();
      }
    }
    Finding began = primary().began;
    return alert(AlertState.FIRING, began, began.sentence());
  }

  /** Makes the alert that says it is over, at the time of its last end. */
  Alert resolve() {
    phase = Phase.RESOLVED;
    Finding last = primary().began;
    for (Member member : members) {
      if (member.ended != null && member.ended.atMicros() >= last.atMicros()) {
        last = member.ended;
      }
    }
    Finding own = primary().ended;
    return alert(AlertState.RESOLVED, last, own == null ? last.sentence() : own.sentence());
  }

  private void choosePrimary() {
    members.sort(Foremost.of(members));
    also.clear();
    members.forEach(this::list);
  }

  private Alert alert(AlertState state, Finding reached, String sentence) {
    Finding began = primary().began;
    return new Alert(
        AlertId.of(began),
        state,
        began.detector(),
        began.cause(),
        began.subject(),
        List.copyOf(also),
        severity,
        began.sinceMicros(),
        reached.atMicros(),
        state == AlertState.RESOLVED ? reached.atMicros() : null,
        began.windowStartMicros(),
        began.windowEndMicros(),
        began.observed(),
        began.expected(),
        began.threshold(),
        began.atStake(),
        began.drivers(),
        sentence);
  }
}

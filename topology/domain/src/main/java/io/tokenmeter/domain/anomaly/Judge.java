package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Opens and ends the causes of one subject at one moment. */
final class Judge {
  private static final long MICROS = 60_000_000L;

  /** A suspicion that was not renewed for so long is dropped. */
  private static final long SUSPICION = 2 * MICROS;

  /** A level that was accepted is given up again without a word for so long. */
  private static final long ACCEPTED = 7 * 1440 * MICROS;

  /**
   * What took long to show may still be on its way to a new level: it is accepted later by that.
   */
  private static final long SLOWER = 2;

  /** From so many times the evidence that is asked for on, there is no doubt. */
  private static final double CLEAR = 1.2;

  /** Of this much of a window nothing is asked for: evidence of a step is strong soon, or weak. */
  private static final double YOUNG_MINUTES = 2;

  /** The part of its window, beyond that, for which a deviation in doubt must last. */
  private static final double DOUBTFUL = 0.25;

  /** Less than so many times the usual in a part of a minute may be what comes once a minute. */
  private static final double MULTIPLE = 3;

  /** The longest that it must last, minutes. */
  private static final double LONGEST_DOUBT = 20;

  /** What may be a lump, or little is known of, must last so long at least. */
  private static final long LEAST_DOUBT = 10_000_000;

  /** The part of its time for which a cause must be away to be over... */
  private static final double CALM = 0.25;

  /** ... but no less than this, minutes... */
  private static final double LEAST_CALM = 10;

  /** ... and no more, unless it took very long to show. */
  private static final double MOST_CALM = 60;

  /** A cause is told again when it comes to so many times what was said last. */
  private static final double GROWN = 2;

  private static final double SLOW_MINUTES = 1080;

  private static final double MOST_ACCEPTED = 1000;

  private final SubjectState state;
  private final GroupState group;
  private final AnomalyPolicy policy;
  private final Rule rule;
  private final Expectations expectations;
  private final FindingWriter writer;
  private final long now;

  Judge(Subject subject, SubjectState state, GroupState group, AnomalyPolicy policy) {
    this.state = state;
    this.group = group;
    this.policy = policy;
    rule =
        policy.rule() == AnomalyPolicy.Rule.ROBUST
            ? new RobustRule(state, group, policy, isComposite(subject))
            : new TwoStandardDeviationsRule(state, policy);
    now = state.nowMicros;
    expectations = new Expectations(state, group);
    writer = new FindingWriter(subject, state, expectations, policy);
  }

  /** Whether a subject holds keys, each of which is looked at by itself. */
  private boolean isComposite(Subject subject) {
    return !state.models.areKnown() || subject.dimension().equals("model");
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(0);
    if (!state.down.isOpen()) {
      look(AnomalyDetector.SPEND_UP, state.up, findings);
    }
    if (!state.up.isOpen()) {
      look(AnomalyDetector.SPEND_DOWN, state.down, findings);
    }
    state.nextLookMicros = nextLook();
    return findings;
  }

  private void look(String name, CauseState cause, List<Finding> findings) {
    if (cause.isOpen()) {
      end(name, cause, findings);
      escalate(name, cause, findings);
      tellGrowth(name, cause, findings);
      return;
    }
    Deviation deviation = cause == state.up ? rule.rise() : rule.fall();
    if (deviation != null && isAbnormal(cause, deviation) && persists(cause, deviation)) {
      open(cause, deviation);
      findings.add(writer.begins(name, cause, deviation));
    }
  }

  private boolean isAbnormal(CauseState cause, Deviation deviation) {
    return deviation.strength() >= 1
        && !isOver(deviation)
        && (cause == state.up || !rule.isHarmless(deviation) && !returnsToFormerLevel(deviation));
  }

  /** Whether spend has been abnormal for long enough, and not too soon after the last time. */
  private boolean persists(CauseState cause, Deviation deviation) {
    if (!isSuspected(cause)) {
      cause.suspected = now;
    }
    cause.lastSuspected = now;
    boolean cool =
        cause.ended == CauseState.NEVER || now - cause.ended >= micros(policy.coolDown());
    return cool
        && now - cause.suspected >= Math.max(micros(policy.persistence()), doubtful(deviation));
  }

  /** How long evidence that is just enough must last: chance grows out of it, a fault does not. */
  private long doubtful(Deviation deviation) {
    if (deviation.isClassic()) {
      return 0;
    }
    double length = deviation.window().minutes();
    boolean lump = length < 1 && deviation.ratio() < MULTIPLE;
    long least = lump || state.uncertainty > Learning.CERTAIN ? LEAST_DOUBT : 0;
    if (deviation.strength() >= CLEAR) {
      return least;
    }
    double minutes = Math.min(LONGEST_DOUBT, DOUBTFUL * (length - YOUNG_MINUTES));
    return Math.max(least, (long) (minutes * MICROS));
  }

  private boolean isSuspected(CauseState cause) {
    return cause.suspected != CauseState.NEVER && now - cause.lastSuspected <= SUSPICION;
  }

  private void open(CauseState cause, Deviation deviation) {
    cause.open(deviation.window().start() * MICROS, now, deviation);
    state.alarms++;
    for (UsageBucket bucket : state.buckets()) {
      if (bucket.end() > deviation.window().start()) {
        bucket.flag = UsageBucket.Flag.YOUNG;
      }
    }
  }

  private void end(String name, CauseState cause, List<Finding> findings) {
    long took = cause.reported - cause.since;
    boolean over =
        rule.isOver(cause.view, cause.ratio, cause.stake, cause.since / MICROS, calm(cause));
    boolean accepted =
        !over && now - cause.reported >= micros(policy.acceptAfter()) + SLOWER * took;
    if (over || accepted) {
      findings.add(writer.ends(name, cause, accepted));
      if (accepted) {
        accept(cause);
      }
      cause.end(now);
    }
  }

  /** Ends a cause for a second one on top of it, which is told by itself. */
  private void escalate(String name, CauseState cause, List<Finding> findings) {
    if (!cause.isOpen() || cause == state.down || !policy.enabled()) {
      return;
    }
    Deviation deviation = rule.escalation(cause.reported / MICROS);
    if (deviation != null && deviation.strength() >= 1) {
      findings.add(writer.isSurpassed(name, cause, deviation));
      open(cause, deviation);
      findings.add(writer.begins(name, cause, deviation));
    }
  }

  /** Tells a rise again that has become a multiple of what was said, for whoever joins alerts. */
  private void tellGrowth(String name, CauseState cause, List<Finding> findings) {
    if (!cause.isOpen() || cause == state.down || !policy.enabled()) {
      return;
    }
    Growth growth = Growth.of(cause, state, expectations);
    if (growth != null && growth.stake() >= GROWN * cause.stake) {
      cause.stake = (float) growth.stake();
      findings.add(writer.grows(name, cause, growth));
    }
  }

  /**
   * How long spend must be back to usual for a cause to be over, minutes: longer for what lasted
   * longer, or it would come back as soon as a quiet hour is over.
   */
  private double calm(CauseState cause) {
    double lasted = (double) (now - cause.since) / MICROS;
    double took = (double) (cause.reported - cause.since) / MICROS;
    double part = Math.min(MOST_CALM, CALM * lasted);
    return Math.max(LEAST_CALM, Math.max(part, slowly(took)));
  }

  /** What takes most of a day to show takes hours to end. */
  private static double slowly(double minutes) {
    return minutes < SLOW_MINUTES ? 0 : CALM * minutes;
  }

  private boolean isOver(Deviation deviation) {
    SpendWindow window = deviation.window();
    double calm = Math.max(LEAST_CALM, slowly(window.minutes()));
    return rule.isOver(
        deviation.view(), deviation.ratio(), deviation.stake(), window.start(), calm);
  }

  /** Takes the level since the cause began for the usual one. */
  private void accept(CauseState cause) {
    SpendWindow since = new SpendWindows(state).since(cause.since / MICROS);
    double ratio = since.dollars() / Math.max(since.expected(), 1e-9);
    ratio = Math.min(MOST_ACCEPTED, Math.max(1 / MOST_ACCEPTED, ratio));
    state.acceptedRatio = (float) ratio;
    state.acceptedAt = now;
    state.history.scale(ratio);
    state.usual.clear();
    for (UsageBucket bucket : state.buckets()) {
      if (bucket.start * MICROS >= cause.since) {
        state.usual.learn(bucket);
      }
    }
    state.expect(group);
  }

  /** Whether spend only falls back to where it was before a new level was accepted. */
  private boolean returnsToFormerLevel(Deviation fall) {
    double former = 1 / Math.max(state.acceptedRatio, 1 / MOST_ACCEPTED);
    boolean possible = state.acceptedRatio > 1 && now - state.acceptedAt <= ACCEPTED;
    if (!possible || fall.ratio() < former / 2) {
      return false;
    }
    state.history.scale(former);
    state.acceptedRatio = 0;
    state.expect(group);
    return true;
  }

  private long nextLook() {
    boolean soon = state.isOpen() || isSuspected(state.up) || isSuspected(state.down);
    return soon ? now + MICROS : rule.silenceShows();
  }

  private static long micros(Duration duration) {
    return duration.toMillis() * 1000;
  }
}

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

  /** The least time after its beginning, or of quiet, after which a cause can end, minutes. */
  private static final double QUIET_MINUTES = 10;

  /** Evidence that a window must be able to give to tell the cause's level from the usual one. */
  private static final double TELLING = 5;

  /** The part of the excess that may remain when a cause is over. */
  private static final double REMAINDER = 0.4;

  /** A level that was accepted is given up again without a word for so long. */
  private static final long ACCEPTED = 7 * 1440 * MICROS;

  private final SubjectState state;
  private final GroupState group;
  private final AnomalyPolicy policy;
  private final RobustRule rule;
  private final FindingWriter writer;
  private final long now;
  private final double nowMinute;

  Judge(Subject subject, SubjectState state, GroupState group, AnomalyPolicy policy) {
    this.state = state;
    this.group = group;
    this.policy = policy;
    rule = new RobustRule(state, group, policy);
    now = state.nowMicros;
    nowMinute = now / (double) MICROS;
    writer = new FindingWriter(subject, state, policy);
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(0);
    if (!state.down.isOpen()) {
      rise(findings);
    }
    if (!state.up.isOpen()) {
      fall(findings);
    }
    state.nextLookMicros = nextLook();
    return findings;
  }

  private void rise(List<Finding> findings) {
    if (state.up.isOpen()) {
      endRise(findings);
      return;
    }
    Deviation deviation = rule.rise(nowMinute);
    if (deviation != null && !isOver(deviation) && persists(state.up, deviation)) {
      open(state.up, deviation);
      findings.add(writer.begins(AnomalyDetector.SPEND_UP, state.up, deviation));
    }
  }

  private void fall(List<Finding> findings) {
    if (state.down.isOpen()) {
      endFall(findings);
      return;
    }
    Deviation deviation = rule.fall();
    if (deviation == null
        || deviation.strength() < 1
        || isOver(deviation)
        || returnsToFormerLevel(deviation)) {
      return;
    }
    if (persists(state.down, deviation)) {
      open(state.down, deviation);
      findings.add(writer.begins(AnomalyDetector.SPEND_DOWN, state.down, deviation));
    }
  }

  /** Whether spend has been abnormal for long enough, and not too soon after the last time. */
  private boolean persists(CauseState cause, Deviation deviation) {
    if (deviation.strength() < 1) {
      return false;
    }
    if (cause.suspected == CauseState.NEVER || now - cause.lastSuspected > SUSPICION) {
      cause.suspected = now;
    }
    cause.lastSuspected = now;
    boolean cool =
        cause.ended == CauseState.NEVER || now - cause.ended >= micros(policy.coolDown());
    return cool && now - cause.suspected >= micros(policy.persistence());
  }

  private void open(CauseState cause, Deviation deviation) {
    cause.open(deviation.window().start() * MICROS, deviation);
    state.alarms++;
    for (UsageBucket bucket : state.buckets()) {
      if (bucket.end() > deviation.window().start()) {
        bucket.flag = UsageBucket.Flag.YOUNG;
      }
    }
  }

  private void endRise(List<Finding> findings) {
    end(AnomalyDetector.SPEND_UP, state.up, findings);
  }

  private void endFall(List<Finding> findings) {
    end(AnomalyDetector.SPEND_DOWN, state.down, findings);
  }

  private void end(String name, CauseState cause, List<Finding> findings) {
    boolean over = isOver(cause.view, cause.ratio, cause.since / MICROS);
    boolean accepted = !over && now - cause.since >= micros(policy.acceptAfter());
    if (over || accepted) {
      findings.add(writer.ends(name, cause, accepted));
      close(cause, accepted);
    }
  }

  private boolean isOver(Deviation deviation) {
    return isOver(deviation.view(), deviation.ratio(), deviation.window().start());
  }

  /**
   * Whether the latest time that can tell a ratio from the usual one shows most of it gone.
   *
   * @param since the minute in which it began: what was before tells nothing
   */
  private boolean isOver(Deviation.View view, double ratio, long since) {
    List<UsageBucket> buckets = state.buckets();
    SpendWindow window = SpendWindow.endingAt((long) nowMinute);
    for (int i = buckets.size() - 1; i >= 0 && buckets.get(i).start >= since; i--) {
      window = rule.extend(window, buckets.get(i), nowMinute);
      Variance variance = rule.variance(window, view);
      double evidence =
          ratio > 1 ? Evidence.ofRise(ratio, variance.sum()) : Evidence.ofFall(ratio, variance);
      if (window.minutes() >= QUIET_MINUTES && evidence >= TELLING) {
        double present = window.dollars() / rule.expected(window, view);
        return (present - 1) / (ratio - 1) < REMAINDER;
      }
    }
    return false;
  }

  private void close(CauseState cause, boolean accepted) {
    if (accepted) {
      accept(cause);
    }
    cause.end(now);
  }

  /** Takes the level since the cause began for the usual one. */
  private void accept(CauseState cause) {
    SpendWindow since = writer.since(cause.since);
    double ratio =
        Math.min(1e3, Math.max(1e-3, since.dollars() / Math.max(since.expected(), 1e-9)));
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
    double former = 1 / Math.max(state.acceptedRatio, 1e-3);
    if (state.acceptedRatio <= 1 || now - state.acceptedAt > ACCEPTED) {
      return false;
    }
    if (fall.ratio() < former / 2) {
      return false;
    }
    state.history.scale(former);
    state.acceptedRatio = 0;
    state.expect(group);
    return true;
  }

  private long nextLook() {
    if (state.isOpen()
        || state.up.suspected != CauseState.NEVER && now - state.up.lastSuspected <= SUSPICION) {
      return now + MICROS;
    }
    return rule.silenceShows(now);
  }

  private static long micros(Duration duration) {
    return duration.toMillis() * 1000;
  }
}

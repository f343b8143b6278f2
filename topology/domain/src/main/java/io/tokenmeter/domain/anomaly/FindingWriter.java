package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Driver;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.drivers.Dollars;
import io.tokenmeter.domain.drivers.ModelUsage;
import io.tokenmeter.domain.drivers.SpendChange;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes findings of what was judged: exact dollars, their drivers and a sentence. */
final class FindingWriter {
  private static final long MICROS = 60_000_000L;

  private final Subject subject;
  private final SubjectState state;
  private final AnomalyPolicy policy;

  FindingWriter(Subject subject, SubjectState state, AnomalyPolicy policy) {
    this.subject = subject;
    this.state = state;
    this.policy = policy;
  }

  Finding begins(String name, CauseState cause, Deviation deviation) {
    SpendWindow window = deviation.window();
    return finding(name, true, cause, window, deviation.expected(), deviation.limit());
  }

  Finding ends(String name, CauseState cause, boolean accepted) {
    RobustRule rule = new RobustRule(state, new GroupState(), policy);
    SpendWindow window = since(cause.since);
    double expected = rule.expected(window, cause.view);
    return finding(name, false, cause, window, expected, accepted ? -1 : 0);
  }

  /** The time since the bucket that holds a moment, or as much of it as is remembered. */
  SpendWindow since(long micros) {
    RobustRule rule = new RobustRule(state, new GroupState(), policy);
    double nowMinute = state.nowMicros / (double) MICROS;
    List<UsageBucket> buckets = state.buckets();
    SpendWindow window = SpendWindow.endingAt((long) nowMinute);
    for (int i = buckets.size() - 1; i >= 0; i--) {
      if (buckets.get(i).end() * MICROS <= micros) {
        break;
      }
      window = rule.extend(window, buckets.get(i), nowMinute);
    }
    return window;
  }

  private Finding finding(
      String name,
      boolean firing,
      CauseState cause,
      SpendWindow window,
      double expectedDollars,
      double limit) {
    Money observed = Money.ZERO;
    Map<String, ModelUsage> actual = new HashMap<>();
    for (UsageBucket bucket : state.buckets()) {
      if (bucket.start >= window.start()) {
        observed = observed.plus(bucket.cost());
        addTo(actual, bucket);
      }
    }
    Money expected = Dollars.money(expectedDollars);
    double hours = window.minutes() / 60;
    List<Driver> drivers =
        new SpendChange(state.usual.byModel(state.models), actual, expected, observed, hours)
            .drivers();
    Money atStake = Dollars.money(Math.abs(window.moreADay(expectedDollars)));
    Sentence sentence =
        new Sentence(subject, window, expectedDollars, cause.since, state.nowMicros);
    return new Finding(
        Detector.ANOMALY,
        name,
        subject,
        firing,
        cause.since,
        state.nowMicros,
        window.start() * MICROS,
        state.nowMicros,
        observed,
        expected,
        firing ? Dollars.money(expectedDollars * limit) : null,
        atStake,
        policy.severity(atStake),
        drivers,
        firing ? sentence.begins(drivers) : sentence.ends(limit < 0));
  }

  private void addTo(Map<String, ModelUsage> byModel, UsageBucket bucket) {
    for (int slot = 0; slot < bucket.byModel.length; slot++) {
      UsageSums sums = bucket.byModel[slot];
      if (sums != null) {
        byModel.merge(state.models.name(slot), ModelUsage.of(sums), ModelUsage::plus);
      }
    }
  }
}

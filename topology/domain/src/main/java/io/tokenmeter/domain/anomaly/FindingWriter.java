package io.tokenmeter.domain.anomaly;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Driver;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.drivers.Dollars;
import io.tokenmeter.domain.drivers.ModelUsage;
import io.tokenmeter.domain.drivers.PriceChange;
import io.tokenmeter.domain.drivers.SpendChange;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.UsageSums;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes findings of what was judged: exact dollars, their drivers and a sentence. */
final class FindingWriter {
  private static final long MICROS = 60_000_000L;

  private final Subject subject;
  private final SubjectState state;
  private final Expectations expectations;
  private final AnomalyPolicy policy;

  FindingWriter(
      Subject subject, SubjectState state, Expectations expectations, AnomalyPolicy policy) {
    this.subject = subject;
    this.state = state;
    this.expectations = expectations;
    this.policy = policy;
  }

  /** What begins. */
  Finding begins(String name, CauseState cause, Deviation deviation) {
    Money threshold = Dollars.money(deviation.expected() * deviation.limit().getAsDouble());
    Change change = change(deviation.window(), deviation.expected());
    String text = change.sentence(cause).begins(change.drivers);
    return finding(name, true, cause, change, threshold, text);
  }

  /** What goes on, and what it comes to by now. */
  Finding grows(String name, CauseState cause, Growth growth) {
    Change change = change(growth.window(), growth.expected());
    String text = change.sentence(cause).begins(change.drivers);
    return finding(name, true, cause, change, null, text);
  }

  /** What has ended: all of it, as far as it is remembered. */
  Finding ends(String name, CauseState cause, boolean accepted) {
    Change change = whole(cause);
    return finding(name, false, cause, change, null, change.sentence(cause).ends(accepted));
  }

  /** What has not ended, but gives way to a second cause that is several times as large. */
  Finding isSurpassed(String name, CauseState cause, Deviation second) {
    Change change = whole(cause);
    String text = change.sentence(cause).isSurpassed(second.window().start() * MICROS);
    return finding(name, false, cause, change, null, text);
  }

  private Change whole(CauseState cause) {
    SpendWindow window = new SpendWindows(state).since(cause.since / MICROS);
    return change(window, expectations.dollars(window, cause.view));
  }

  /** A window's exact spend beside what was expected of it. */
  private final class Change {
    private final SpendWindow window;
    private final double expectedDollars;
    private final Money observed;
    private final Money expected;
    private final Money atStake;
    private final List<Driver> drivers;
    private final @Nullable String priceOf;

    Change(SpendWindow window, double expectedDollars, SpendChange spend) {
      this.window = window;
      this.expectedDollars = expectedDollars;
      observed = spend.observed();
      drivers = spend.drivers();
      priceOf = state.models.areKnown() ? PriceChange.explaining(spend) : null;
      expected = Dollars.money(expectedDollars);
      atStake = Dollars.money(Math.abs(window.moreADay(expectedDollars)));
    }

    Sentence sentence(CauseState cause) {
      return new Sentence(subject, window, expectedDollars, cause.since, state.nowMicros);
    }
  }

  private Change change(SpendWindow window, double expected) {
    Money observed = Money.ZERO;
    Map<String, ModelUsage> actual = new HashMap<>();
    for (UsageBucket bucket : state.buckets()) {
      if (bucket.start >= window.start() && bucket.start < window.start() + window.minutes()) {
        observed = observed.plus(bucket.cost());
        addTo(actual, bucket);
      }
    }
    SpendChange change =
        new SpendChange(
            state.usual.byModel(state.models),
            actual,
            Dollars.money(expected),
            observed,
            window.minutes() / 60);
    return new Change(window, expected, change);
  }

  private void addTo(Map<String, ModelUsage> byModel, UsageBucket bucket) {
    for (int slot = 0; slot < bucket.byModel.length; slot++) {
      UsageSums sums = bucket.byModel[slot];
      if (sums != null) {
        byModel.merge(state.models.name(slot), ModelUsage.of(sums), ModelUsage::plus);
      }
    }
  }

  private Finding finding(
      String name,
      boolean firing,
      CauseState cause,
      Change change,
      @Nullable Money threshold,
      String sentence) {
    long start = change.window.start() * MICROS;
    return new Finding(
        Detector.ANOMALY,
        name,
        subject,
        firing,
        cause.since,
        state.nowMicros,
        start,
        Math.min(state.nowMicros, start + (long) (change.window.minutes() * MICROS)),
        change.observed,
        change.expected,
        threshold,
        change.atStake,
        policy.severity(change.atStake),
        change.drivers,
        change.priceOf,
        sentence);
  }
}

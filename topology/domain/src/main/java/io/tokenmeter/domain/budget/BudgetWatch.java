package io.tokenmeter.domain.budget;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.WindowCalendar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a budget's thresholds are reached, when its limit is going to be, and when that is no
 * longer true.
 *
 * <p>One rule holds for growing spend, corrections and a limit that is changed: a threshold that is
 * reached fires once; it ends when the period does, or when it is not reached any more, and is then
 * armed again. Several that are reached at once fire in order. The forecast fires at most once a
 * period and limit.
 */
public final class BudgetWatch {
  private static final long FORECAST_INTERVAL_MICROS = 600_000_000L;

  /** The share of a period, one in so many, that must be over before its end is forecast. */
  private static final int FORECAST_FROM = 8;

  /** From this share of the limit on, percent, an alert is a warning at least. */
  private static final int WARNING_FROM = 80;

  private final Budget budget;
  private final BudgetState state;
  private final BudgetPolicy policy;
  private final BudgetSentences sentences;
  private final List<Finding> findings = new ArrayList<>();
  private final long start;
  private final long end;
  private final Money spent;
  private final PeriodForecast forecast;

  private BudgetWatch(Budget budget, BudgetState state, BudgetPolicy policy) {
    this.budget = budget;
    this.state = state;
    this.policy = policy;
    start = state.calendar.start(state.period.window(), nowMinute());
    end = state.calendar.end(state.period.window(), start);
    spent = state.spentBetween(start, end);
    forecast = new PeriodForecast(budget, state, start, end, nowMinute(), spent);
    sentences = new BudgetSentences(budget, state.calendar.zone(), start, end, spent);
  }

  /**
   * Judges a budget by what was added to its state.
   *
   * <p>Call it after each addition. Where many minutes come at once, as in a replay, add and judge
   * minute by minute, the oldest first; otherwise a period may be over before it was judged.
   *
   * @param state of this budget; changed
   * @param nowMicros the time, microseconds since the epoch; an earlier time than before is taken
   *     as the same time
   * @return a finding for each cause that has ended or begins, in this order; mostly none
   */
  public static List<Finding> judge(
      Budget budget, BudgetState state, BudgetPolicy policy, long nowMicros) {
    state.nowMicros = Math.max(state.nowMicros, nowMicros);
    return new BudgetWatch(budget, state, policy).judge();
  }

  /** Ends all alerts of a budget that is there no more, or is another one under the same id. */
  public static List<Finding> end(BudgetState state, long nowMicros) {
    state.nowMicros = Math.max(state.nowMicros, nowMicros);
    List<Finding> ended = new ArrayList<>();
    for (BudgetState.Open open : List.copyOf(state.open)) {
      state.close(open);
      ended.add(ended(state, open, state.nowMicros, BudgetSentences.removed(state.subject)));
    }
    return ended;
  }

  private List<Finding> judge() {
    if (start != state.periodStart) {
      beginPeriod();
    }
    if (!budget.limit().equals(state.limit)) {
      // Another limit is another question.
      state.forecastDone = false;
      state.nextForecastMicros = Long.MIN_VALUE;
    }
    for (BudgetState.Open open : List.copyOf(state.open)) {
      whyOver(open).ifPresent(sentence -> close(open, sentence));
    }
    if (policy.enabled()) {
      budget.thresholds().forEach(this::fireIfReached);
      fireForecastIfDue();
    }
    state.limit(budget.limit());
    return findings;
  }

  private void beginPeriod() {
    for (BudgetState.Open open : List.copyOf(state.open)) {
      long over = state.calendar.end(state.period.window(), state.periodStart);
      state.close(open);
      findings.add(
          ended(
              state,
              open,
              Math.max(open.sinceMicros(), WindowCalendar.micros(over)),
              sentences.periodIsOver(
                  state.periodStart, state.spentBetween(state.periodStart, over))));
    }
    state.begin(start);
  }

  /** Why an alert is not true any more; empty while it is. */
  private Optional<String> whyOver(BudgetState.Open open) {
    if (!policy.enabled()) {
      return Optional.of(sentences.notWatched());
    }
    if (open.percent() == BudgetState.FORECAST) {
      return whyForecastIsOver();
    }
    if (!budget.thresholds().contains(open.percent())) {
      return Optional.of(sentences.thresholdRemoved(open.percent()));
    }
    if (budget.isReached(open.percent(), spent)) {
      return Optional.empty();
    }
    return Optional.of(
        budget.limit().compareTo(state.limit) > 0 ? sentences.raised() : sentences.corrected());
  }

  private Optional<String> whyForecastIsOver() {
    if (budget.isReached(100, spent)) {
      return Optional.of(sentences.limitIsReached());
    }
    if (!policy.forecast()) {
      return Optional.of(sentences.notWatched());
    }
    if (isForecastDue() && forecast.projected().compareTo(budget.limit()) < 0) {
      return Optional.of(sentences.withdrawn(forecast.projected()));
    }
    return Optional.empty();
  }

  private void fireIfReached(int percent) {
    if (budget.isReached(percent, spent) && !state.isOpen(percent)) {
      Money stake = forecast.atStake();
      fire(
          percent,
          budget.threshold(percent),
          null,
          stake,
          percent >= WARNING_FROM,
          sentences.reached(forecast.outlook()));
    }
  }

  private void fireForecastIfDue() {
    if (!isForecastDue()) {
      return;
    }
    state.nextForecastMicros = state.nowMicros + FORECAST_INTERVAL_MICROS;
    boolean early = (nowMinute() - start) * FORECAST_FROM < end - start;
    if (early
        || !policy.forecast()
        || state.forecastDone
        || budget.isReached(100, spent)
        || !forecast.isSureToCross()) {
      return;
    }
    state.forecastDone = true;
    fire(
        BudgetState.FORECAST,
        budget.limit(),
        forecast.projected(),
        forecast.overrunPerDay(),
        true,
        sentences.forecast(forecast.outlook(), forecast.projected()));
  }

  private void fire(
      int percent,
      Money threshold,
      @Nullable Money expected,
      Money stake,
      boolean warns,
      String sentence) {
    String what = percent == BudgetState.FORECAST ? "forecast" : percent + "%";
    BudgetState.Open open =
        new BudgetState.Open(budget.id() + " " + what, percent, state.nowMicros, threshold);
    state.open(open);
    findings.add(
        new Finding(
            Detector.BUDGET,
            open.cause(),
            state.subject,
            true,
            open.sinceMicros(),
            state.nowMicros,
            WindowCalendar.micros(start),
            WindowCalendar.micros(end),
            spent,
            expected,
            threshold,
            stake,
            severity(stake, warns),
            List.of(),
            sentence));
  }

  private void close(BudgetState.Open open, String sentence) {
    state.close(open);
    findings.add(ended(state, open, state.nowMicros, sentence));
  }

  private static Finding ended(
      BudgetState state, BudgetState.Open open, long atMicros, String sentence) {
    long start = state.periodStart;
    long end = state.calendar.end(state.period.window(), start);
    return new Finding(
        Detector.BUDGET,
        open.cause(),
        state.subject,
        false,
        open.sinceMicros(),
        atMicros,
        WindowCalendar.micros(start),
        WindowCalendar.micros(end),
        state.spentBetween(start, end),
        null,
        open.threshold(),
        Money.ZERO,
        Severity.INFO,
        List.of(),
        sentence);
  }

  private Severity severity(Money stake, boolean warns) {
    if (stake.compareTo(policy.critical()) >= 0) {
      return Severity.CRITICAL;
    }
    return warns || stake.compareTo(policy.warning()) >= 0 ? Severity.WARNING : Severity.INFO;
  }

  private boolean isForecastDue() {
    return state.nowMicros >= state.nextForecastMicros;
  }

  private long nowMinute() {
    return WindowCalendar.minuteOf(state.nowMicros);
  }
}

package io.tokenmeter.domain.run;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports a run that is over a limit of its workflow while it runs. A run is reported once, by the
 * first limit that it crosses, and the report ends when the run closes.
 */
public final class RunawayDetector {
  private static final BigInteger MICROS_A_DAY = BigInteger.valueOf(86_400_000_000L);
  private static final long MICROS_A_MINUTE = 60_000_000L;

  private RunawayDetector() {}

  /**
   * Judges a run that has changed, and notes in its life if it is a runaway.
   *
   * @param nowMicros event time, microseconds since the epoch
   * @return the finding that begins it, or null
   */
  public static @Nullable Finding judge(
      Supplier<String> runId, RunState run, RunawayPolicy policy, long nowMicros) {
    if (!policy.enabled() || run.life().wasRunaway()) {
      return null;
    }
    String crossed = crossed(run, policy);
    if (crossed == null) {
      return null;
    }
    run.life().runawaySince(nowMicros);
    return finding(runId.get(), run, policy, true, nowMicros, crossed + soFar(run));
  }

  /**
   * Ends the report of a run that has closed.
   *
   * @return the finding that ends it, or null if there is nothing to end
   */
  public static @Nullable Finding end(
      Supplier<String> runId, RunState run, RunawayPolicy policy, long nowMicros) {
    if (!run.life().isRunaway()) {
      return null;
    }
    run.life().endRunaway();
    String closed =
        text(
            " has closed after %,d steps, which cost %s.",
            run.totals().steps(), dollars(run.totals().cost()));
    return finding(runId.get(), run, policy, false, nowMicros, closed);
  }

  private static @Nullable String crossed(RunState run, RunawayPolicy policy) {
    StepTotals totals = run.totals();
    if (policy.steps() > 0 && totals.steps() > policy.steps()) {
      return text(" has made %,d steps, over its limit of %,d", totals.steps(), policy.steps());
    }
    if (isOver(totals.cost(), policy.cost())) {
      return text(
          " has cost %s, over its limit of %s", dollars(totals.cost()), dollars(policy.cost()));
    }
    return crossedInDetail(run, policy);
  }

  /** Details are only worked out for a run whose totals allow that they are over a limit. */
  private static @Nullable String crossedInDetail(RunState run, RunawayPolicy policy) {
    if (isOver(run.totals().cost(), policy.costPerMinute())) {
      Money dearestMinute = run.details().dearestMinute();
      if (isOver(dearestMinute, policy.costPerMinute())) {
        return text(
            " has cost %s within a minute, over its limit of %s",
            dollars(dearestMinute), dollars(policy.costPerMinute()));
      }
    }
    if (policy.identicalSteps() > 0 && run.totals().steps() > policy.identicalSteps()) {
      long identicalSteps = run.details().identicalSteps();
      if (identicalSteps > policy.identicalSteps()) {
        return text(
            " has repeated the same step %,d times, over its limit of %,d",
            identicalSteps, policy.identicalSteps());
      }
    }
    return null;
  }

  private static boolean isOver(Money observed, Money limit) {
    return limit.signum() > 0 && observed.compareTo(limit) > 0;
  }

  private static String soFar(RunState run) {
    return text(
        "; so far %,d steps and %s. Stop it if it makes no progress.",
        run.totals().steps(), dollars(run.totals().cost()));
  }

  private static Finding finding(
      String runId,
      RunState run,
      RunawayPolicy policy,
      boolean firing,
      long nowMicros,
      String sentence) {
    String workflow = run.workflow() == null ? "" : run.workflow();
    Money atStake = aDay(run);
    Severity severity = policy.severity(atStake);
    return new Finding(
        Detector.RUNAWAY_WORKFLOW,
        "run " + runId,
        new Subject("workflow", workflow),
        firing,
        run.life().runawaySinceMicros(),
        nowMicros,
        run.firstMicros(),
        Math.max(nowMicros, run.firstMicros() + 1),
        run.totals().cost(),
        null,
        isOver(run.totals().cost(), policy.cost()) ? policy.cost() : null,
        atStake,
        severity,
        List.of(),
        "Run " + runId + (workflow.isEmpty() ? "" : " of workflow " + workflow) + sentence);
  }

  /** What the run would cost in a day at its mean rate so far, over a minute at least. */
  private static Money aDay(RunState run) {
    long micros = Math.max(run.lastEndMicros() - run.firstMicros(), MICROS_A_MINUTE);
    BigInteger picos =
        run.totals().cost().toPicos().multiply(MICROS_A_DAY).divide(BigInteger.valueOf(micros));
    return Money.of(new BigDecimal(picos, Money.SCALE));
  }

  /** Cents from a dollar on, everything below. */
  private static String dollars(Money money) {
    BigDecimal exact = money.toBigDecimal();
    return exact.compareTo(BigDecimal.ONE) < 0
        ? "$" + money.toPlainString()
        : text("$%,.2f", exact.setScale(2, RoundingMode.HALF_EVEN));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

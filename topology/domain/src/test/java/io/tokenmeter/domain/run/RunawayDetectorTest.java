package io.tokenmeter.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.domain.alert.Detector;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Severity;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.money.Money;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunawayDetectorTest {
  private static final RunawayPolicy FIFTY_STEPS = policy(50, "0", "0", 0);

  private final RunState run = new RunState();
  private int steps;

  @Test
  void steps_overTheLimit_areReportedOnceAndEndWhenTheRunCloses() {
    step(50);
    assertThat(judge(FIFTY_STEPS)).isNull();

    step(1);
    Finding begin = judge(FIFTY_STEPS);
    assertThat(begin.detector()).isEqualTo(Detector.RUNAWAY_WORKFLOW);
    assertThat(begin.subject()).isEqualTo(new Subject("workflow", "research"));
    assertThat(begin.cause()).isEqualTo("run r-1");
    assertThat(begin.firing()).isTrue();
    assertThat(begin.observed()).isEqualTo(Money.parse("0.4845"));
    assertThat(begin.sentence())
        .isEqualTo(
            "Run r-1 of workflow research has made 51 steps, over its limit of 50;"
                + " so far 51 steps and $0.4845. Stop it if it makes no progress.");
    step(100);
    assertThat(judge(FIFTY_STEPS)).isNull();

    run.life().close(run.counts(Set.of()));
    Finding end = RunawayDetector.end(() -> "r-1", run, FIFTY_STEPS, now() + 1);
    assertThat(end.firing()).isFalse();
    assertThat(end.cause()).isEqualTo(begin.cause());
    assertThat(end.sinceMicros()).isEqualTo(begin.sinceMicros());
    assertThat(end.sentence())
        .isEqualTo("Run r-1 of workflow research has closed after 151 steps, which cost $1.43.");
    assertThat(RunawayDetector.end(() -> "r-1", run, FIFTY_STEPS, now() + 2)).isNull();
  }

  @Test
  void run_thatWasReported_isNotReportedAgainWhenItReopens() {
    step(51);
    judge(FIFTY_STEPS);
    RunState stored = RunState.decode(run.encode());
    RunawayDetector.end(() -> "r-1", stored, FIFTY_STEPS, now());

    stored.life().reopen();
    stored.add(TestStep.at("late", null, 0, 1));
    assertThat(RunawayDetector.judge(() -> "r-1", stored, FIFTY_STEPS, now())).isNull();
  }

  @Test
  void cost_overTheLimit_isReported() {
    step(10);

    assertThat(judge(policy(0, "0.095", "0", 0))).isNull();
    Finding found = judge(policy(0, "0.094999999999", "0", 0));
    assertThat(found.threshold()).isEqualTo(Money.parse("0.094999999999"));
    assertThat(found.sentence()).contains("has cost $0.095, over its limit of $0.094999999999;");
  }

  @Test
  void costWithinAMinute_overTheLimit_isReportedWithWhatADayOfItWouldCost() {
    for (int i = 0; i < 6; i++) {
      run.add(TestStep.at("s" + i, null, i * 20_000, 0).costing("2"));
    }

    assertThat(judge(policy(0, "0", "6", 0))).isNull();
    Finding found = judge(policy(0, "0", "5.99", 0));
    assertThat(found.sentence())
        .contains("has cost $6.00 within a minute, over its limit of $5.99");
    // 12 dollars in 100 seconds
    assertThat(found.atStake()).isEqualTo(Money.parse("10368"));
    assertThat(found.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void identicalSteps_overTheLimit_areReported() {
    step(20);
    run.add(TestStep.at("other", null, 0, 0).withInput(1));

    assertThat(judge(policy(0, "0", "0", 20))).isNull();
    assertThat(judge(policy(0, "0", "0", 19)).sentence())
        .contains("has repeated the same step 20 times, over its limit of 19;");
  }

  @Test
  void policyThatIsOff_reportsNothing() {
    step(51);

    assertThat(
            judge(new RunawayPolicy(false, 50, Money.ZERO, Money.ZERO, 0, Money.ZERO, Money.ZERO)))
        .isNull();
  }

  private void step(int more) {
    for (int i = 0; i < more; i++) {
      run.add(TestStep.at("s" + ++steps, null, steps * 60L, 10));
    }
  }

  private long now() {
    return TestStep.NOON + steps * 60_000L;
  }

  private Finding judge(RunawayPolicy policy) {
    return RunawayDetector.judge(() -> "r-1", run, policy, now());
  }

  private static RunawayPolicy policy(long steps, String cost, String perMinute, long identical) {
    return new RunawayPolicy(
        true,
        steps,
        Money.parse(cost),
        Money.parse(perMinute),
        identical,
        Money.parse("10"),
        Money.parse("100"));
  }
}

package io.tokenmeter.domain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenmeter.domain.money.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunStateTest {
  private static final int RUNS = 300;
  private static final int STATE_BOUND = 64 << 10;

  @Test
  void fiveStepsOfAReactLoop_costFiveTimesOneStep() {
    RunState run = new RunState();
    for (int i = 1; i <= 5; i++) {
      run.add(TestStep.at("s" + i, i == 1 ? null : "s" + (i - 1), i * 1000, 800));
    }

    assertThat(run.totals().cost()).isEqualTo(Money.parse("0.0475"));
    assertThat(run.totals().steps()).isEqualTo(5);
    assertThat(run.totals().inputTokens()).isEqualTo(15_000);
    assertThat(run.totals().outputTokens()).isEqualTo(1_000);
    assertThat(run.details().shape()).isEqualTo(new RunShape(5, 4000));
  }

  @Test
  void randomRun_shuffledRepricedAndStoredInBetween_equalsTheReference() {
    long first = Long.getLong("tokenmeter.test.seed", System.nanoTime());
    for (long seed = first; seed < first + RUNS; seed++) {
      try {
        assertEqualsReference(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("with -Dtokenmeter.test.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static void assertEqualsReference(long seed) {
    Random random = new Random(seed);
    RandomRun happened = new RandomRun(seed, 1 + random.nextInt(60));
    ReferenceRun reference = new ReferenceRun(happened.events());
    RunState run = new RunState();
    for (TestStep step : happened.arriving()) {
      run.add(step);
      run = random.nextInt(4) == 0 ? RunState.decode(run.encode()) : run;
    }

    assertTotals(run, reference, happened.events());
    assertThat(costs(run.details().byModel())).isEqualTo(reference.costBy(TestStep::model));
    assertThat(costs(run.details().byStepName())).isEqualTo(reference.costBy(TestStep::stepName));
    assertThat(costs(run.details().byAgent())).isEqualTo(reference.costBy(TestStep::agent));
    assertThat(run.details().dearestSteps())
        .extracting(PackedStep::eventId)
        .isEqualTo(reference.dearest());
    long most = reference.mostIdentical();
    long uncertain = reference.differentSteps() > 32 ? reference.count(step -> true) / 32 : 0;
    assertThat(run.details().identicalSteps()).isBetween(most - uncertain, most);
    assertThat(run.details().dearestMinute().toBigDecimal()).isEqualTo(reference.dearestMinute());
    assertThat(run.outcome()).isEqualTo(reference.outcome());
    assertThat(run.details().shape())
        .isEqualTo(new RunShape(reference.depth(), reference.criticalPath()));
  }

  private static void assertTotals(RunState run, ReferenceRun reference, List<TestStep> events) {
    StepTotals totals = run.totals();
    assertThat(totals.steps()).isEqualTo(reference.count(step -> true));
    assertThat(totals.errors()).isEqualTo(reference.count(TestStep::failed));
    assertThat(totals.retries()).isEqualTo(reference.count(TestStep::retry));
    assertThat(totals.unpricedSteps()).isZero();
    assertThat(totals.inputTokens()).isEqualTo(reference.sum(TestStep::inputTokens));
    assertThat(totals.cacheReadTokens()).isEqualTo(reference.sum(TestStep::cacheReadTokens));
    assertThat(totals.cacheWriteTokens()).isEqualTo(reference.sum(TestStep::cacheWriteTokens));
    assertThat(totals.outputTokens()).isEqualTo(reference.sum(TestStep::outputTokens));
    assertThat(totals.reasoningTokens()).isEqualTo(reference.sum(TestStep::reasoningTokens));
    assertThat(totals.latencyMillis())
        .isEqualTo(reference.sum(step -> Math.max(0, step.latencyMillis())));
    assertThat(totals.cost().toBigDecimal()).isEqualTo(reference.cost(step -> true));
    assertThat(totals.retryCost().toBigDecimal()).isEqualTo(reference.cost(TestStep::retry));
    assertThat(run.spans()).isEqualTo(events.stream().filter(TestStep::span).count());
    assertThat(run.firstMicros())
        .isEqualTo(events.stream().mapToLong(TestStep::occurredAtMicros).min().orElseThrow());
    assertThat(run.lastMicros())
        .isEqualTo(events.stream().mapToLong(TestStep::occurredAtMicros).max().orElseThrow());
  }

  private static Map<String, BigDecimal> costs(List<Breakdown.Part> parts) {
    return parts.stream()
        .collect(
            Collectors.toMap(Breakdown.Part::name, part -> part.totals().cost().toBigDecimal()));
  }

  @Test
  void unpricedStep_countsWithoutCost_untilItIsCorrected() {
    TestStep step = TestStep.at("s1", null, 0, 100);
    RunState run = new RunState();

    run.add(step.beforeItsPrice());
    assertThat(run.totals().unpricedSteps()).isEqualTo(1);
    assertThat(run.totals().cost()).isEqualTo(Money.ZERO);
    assertThat(run.details().dearestSteps()).isEmpty();

    run.add(step.afterItsPrice());
    assertThat(run.totals().unpricedSteps()).isZero();
    assertThat(run.totals().steps()).isEqualTo(1);
    assertThat(run.totals().cost()).isEqualTo(Money.parse("0.0095"));
    assertThat(run.details().dearestSteps()).hasSize(1);
    assertThat(run.details().identicalSteps()).isEqualTo(1);
  }

  @Test
  void span_thatRepeatsItsChildrensUsage_addsStructureAndNoMoney() {
    RunState run = new RunState();
    run.add(TestStep.at("agent", null, 0, 2000).asSpan());
    run.add(TestStep.at("s1", "agent", 0, 900));
    run.add(TestStep.at("s2", "agent", 1000, 1000));

    assertThat(run.totals().steps()).isEqualTo(2);
    assertThat(run.spans()).isEqualTo(1);
    assertThat(run.totals().cost()).isEqualTo(Money.parse("0.019"));
    assertThat(run.details().shape()).isEqualTo(new RunShape(2, 1900));
    assertThat(run.hasEnded()).isTrue();
  }

  @Test
  void parallelBranches_countOnce_onTheCriticalPath() {
    RunState run = new RunState();
    run.add(TestStep.at("answer", "plan", 5000, 700)); // begins when both searches have ended
    run.add(TestStep.at("search-1", "plan", 1000, 400));
    run.add(TestStep.at("search-2", "plan", 1000, 3000));
    run.add(TestStep.at("plan", null, 0, 1000));

    assertThat(run.details().shape()).isEqualTo(new RunShape(2, 1000 + 3000 + 700));
  }

  @Test
  void stepsWithoutLinks_addUpWhereOneFollowsTheOther() {
    RunState run = new RunState();
    run.add(TestStep.at(null, null, 0, 1000));
    TestStep second = TestStep.at("b", null, 1500, 1000);
    run.add(second);

    assertThat(run.details().shape()).isEqualTo(new RunShape(1, 2000));
  }

  @Test
  void parentsInARing_areNoPath() {
    RunState run = new RunState();
    run.add(TestStep.at("a", "b", 0, 1000));
    run.add(TestStep.at("b", "a", 1000, 1000));
    run.add(TestStep.at("c", "c", 1000, 300));

    assertThat(run.details().shape()).isEqualTo(new RunShape(1, 300));
  }

  @Test
  void longChain_keepsItsWholeDepthAndPath() {
    RunState run = new RunState();
    for (int i = 0; i < 10_000; i++) {
      run.add(TestStep.at("s" + i, i == 0 ? null : "s" + (i - 1), i * 10, 10));
      run = i % 97 == 0 ? RunState.decode(run.encode()) : run;
    }

    assertThat(run.details().shape()).isEqualTo(new RunShape(10_000, 100_000));
  }

  @Test
  void manyStepsOfOneSpan_inTurnAndSideBySide_keepTheirPath() {
    RunState run = new RunState();
    run.add(TestStep.at("agent", null, 0, 0).asSpan());
    for (int i = 0; i < 5_000; i++) {
      run.add(TestStep.at("a" + i, "agent", i * 10, 10));
      run.add(TestStep.at("b" + i, "agent", i * 10, 5));
    }

    assertThat(run.details().shape()).isEqualTo(new RunShape(2, 50_000));
  }

  @Test
  void hundredThousandSteps_withTheWorstOfNames_stayBelow64KiB() {
    RunState run = new RunState();
    String wide = "語".repeat(1024);
    for (int i = 0; i < 100_000; i++) {
      String name = i % 1000 + wide;
      run.add(
          new TestStep(
              i + wide,
              i + wide,
              (i * 7 % 50_000) + wide,
              name,
              name,
              name,
              wide,
              wide,
              TestStep.NOON + i * 1_000_000_007L,
              Integer.MAX_VALUE,
              9,
              true,
              true,
              i % 50 == 0,
              null,
              false,
              999_999_999_999L,
              999_999_999_999L,
              Money.of(1L << 40, i)));
    }

    assertThat(run.encode().length).isLessThan(STATE_BOUND);
    assertThat(RunState.decode(run.encode()).encode()).isEqualTo(run.encode());
  }

  @Test
  void moreNamesThanTheBound_areOneRemainder_andAddUp() {
    RunState run = new RunState();
    for (int i = 0; i < 100; i++) {
      run.add(TestStep.at("s" + i, null, i, 1).withNames("name-" + i % 50, null, "gpt-4o"));
    }

    List<Breakdown.Part> parts = run.details().byStepName();
    assertThat(parts).hasSize(33);
    assertThat(parts.get(32).name()).isNull();
    assertThat(parts.get(32).totals().steps()).isEqualTo(36);
    assertThat(parts.subList(0, 32)).allMatch(part -> part.totals().steps() == 2);
    assertThat(parts.stream().map(part -> part.totals().cost()).reduce(Money.ZERO, Money::plus))
        .isEqualTo(run.totals().cost());
  }

  @Test
  void loopAmongManyDifferentSteps_isFound_andNeverOvercounted() {
    RunState run = new RunState();
    for (int i = 0; i < 10_000; i++) {
      run.add(TestStep.at("s" + i, null, i, 1).withInput(i % 10 == 0 ? 77 : 1_000 + i));
    }

    assertThat(run.details().identicalSteps()).isBetween(1000L - 10_000 / 32, 1000L);
  }

  @Test
  void outcome_isThatOfTheRunsOwnSpan_elseTheLatest() {
    RunState run = new RunState();
    run.add(TestStep.at("s2", "agent", 2000, 1).withOutcome("tool called"));
    run.add(TestStep.at("s1", "agent", 1000, 1).withOutcome("planned"));
    assertThat(run.outcome()).isEqualTo("tool called");
    assertThat(run.hasEnded()).isFalse();

    run.add(TestStep.at("agent", null, 0, 3000).asSpan().withOutcome("resolved"));
    assertThat(run.outcome()).isEqualTo("resolved");
    assertThat(run.hasEnded()).isTrue();
  }

  @Test
  void decode_unknownLayout_saysSo() {
    byte[] bytes = new RunState().encode();
    bytes[0] = 4 << 1;

    assertThatThrownBy(() -> RunState.decode(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a run's state has layout 4, but this version knows 3 only");
  }
}

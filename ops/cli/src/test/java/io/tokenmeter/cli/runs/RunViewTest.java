package io.tokenmeter.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenmeter.cli.terminal.Style;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunViewTest {
  private static final int BOUND = 60;

  private static List<String> lines(SampleRun run) {
    return new RunView(120, new Style(false), true).lines(run.record(), run.tree(), BOUND);
  }

  @Test
  void fiveSteps_areAllShown_asAListAndNotAsAStaircase() {
    assertThat(String.join("\n", lines(SampleRun.loop(5))))
        .isEqualTo(
            """
            Run r-1 of research, closed, resolved
            $0.0475 in 5 steps, depth 5
            15,000 tokens in (0 from the cache), 1,000 out
            4.4 s from 2026-03-15T10:00:00Z, critical path 4.0 s
            0 retries, which cost $0; 0 errors
            By model: gpt-4o 100 %, gpt-4o-mini 0 %

            STEP     MODEL   STEPS    IN  OUT   TIME  RETRIES  ERRORS       COST  SHARE
            think    gpt-4o         1.0k  200  0.8 s                   $0.009500   20 %  ██
            ↓ think  gpt-4o         2.0k  200  0.8 s                   $0.009500   20 %  ██
            ↓ think  gpt-4o         3.0k  200  0.8 s                   $0.009500   20 %  ██
            ↓ think  gpt-4o         4.0k  200  0.8 s                   $0.009500   20 %  ██
            ↓ think  gpt-4o         5.0k  200  0.8 s                   $0.009500   20 %  ██""");
  }

  @Test
  void narrowTerminal_losesWhatTheCostsAndTheTotalsSay() {
    SampleRun run = SampleRun.agents(50);
    List<String> lines =
        new RunView(80, new Style(false), true).lines(run.record(), run.tree(), BOUND);

    assertThat(lines).allMatch(line -> line.length() <= 80);
    assertThat(lines).anyMatch(line -> line.matches("STEP +MODEL +STEPS +IN +OUT +TIME .*COST.*"));
  }

  @Test
  void fiftySteps_areAllShown() {
    SampleRun run = SampleRun.agents(50);
    List<TreeRow> rows = TreeOutline.rows(run.tree(), BOUND, true);

    assertThat(rows)
        .hasSize((int) run.events().stream().map(e -> e.getStepId()).distinct().count());
    assertThat(rows).noneMatch(TreeRow::leftOut);
  }

  @Test
  void thousandsOfSteps_fitTheLines_andTheirBranchesAddUp() {
    for (SampleRun run : List.of(SampleRun.agents(200), SampleRun.agents(5000))) {
      List<TreeRow> rows = TreeOutline.rows(run.tree(), BOUND, true);

      assertThat(rows).hasSizeBetween(BOUND / 2, BOUND);
      assertThat(rows.get(0).sums()).isEqualTo(run.tree().total());
      assertThat(sum(rows, "├─", "└─").cost()).isEqualByComparingTo(run.tree().total().cost());
      assertThat(sum(rows, "├─", "└─").steps()).isEqualTo(run.tree().total().steps());
    }
  }

  @Test
  void longLoop_isItsDearestStepsAndALineForTheRest() {
    SampleRun run = SampleRun.loop(5000);
    List<TreeRow> rows = TreeOutline.rows(run.tree(), BOUND, true);

    TreeRow last = rows.get(rows.size() - 1);
    assertThat(last.leftOut()).isTrue();
    assertThat(rows).hasSize(BOUND);
    assertThat(last.name()).isEqualTo("… %,d more think".formatted(5000 - (BOUND - 1)));
    assertThat(rows.stream().map(row -> row.sums().cost()).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("47.5");
  }

  /** Twenty branches of one step, and a dear one that is deep below one of them. */
  @Test
  void dearStep_isShownHoweverDeepItIs() {
    SampleRun run = new SampleRun();
    run.span("root", null, "orchestrate");
    for (int i = 0; i < 20; i++) {
      run.step("a" + i, "root", "agent-" + i, "gpt-4o", 1, "0.001");
      run.step("b" + i, "a" + i, "plan", "gpt-4o", 1, "0.001");
      run.step("c" + i, "a" + i, "search", "gpt-4o", 1, i == 13 ? "0.9" : "0.001");
    }
    List<TreeRow> rows = TreeOutline.rows(run.tree(), 8, true);

    assertThat(rows)
        .extracting(row -> row.branch() + row.name())
        .hasSize(8)
        .startsWith("orchestrate")
        .containsSubsequence("├─ agent-13", "│  ├─ plan", "│  └─ search")
        .endsWith("├─ agent-2 …", "└─ … 16 more steps");
  }

  @Test
  void stepsThatHaveExpired_areSaidToBeMissing() {
    SampleRun run = SampleRun.loop(5);
    var record = run.record();
    run.events().remove(4);

    assertThat(new RunView(80, new Style(false), false).lines(record, run.tree(), BOUND))
        .endsWith(
            "costed-usage has 4 of the run's 5 steps: the rest has expired there, or is on",
            "its way.");
  }

  @Test
  void parentsThatAreUnknownOrInARing_areNoReasonToLoseSteps() {
    SampleRun run = new SampleRun();
    run.step("a", "b", "one", "gpt-4o", 1, "0.1");
    run.step("b", "a", "two", "gpt-4o", 1, "0.2");
    run.step("c", "never-reported", "three", "gpt-4o", 1, "0.4");

    assertThat(run.tree().total().cost()).isEqualByComparingTo("0.7");
    assertThat(run.tree().roots()).extracting(node -> node.id).containsExactly("a", "c");
    assertThat(TreeOutline.rows(run.tree(), BOUND, false)).hasSize(3);
  }

  /** All rows of the first level below the root. */
  private static StepNode.Sums sum(List<TreeRow> rows, String... branches) {
    StepNode.Sums sums = StepNode.Sums.NONE;
    for (TreeRow row : rows) {
      if (List.of(branches).contains(row.branch().strip())) {
        boolean firstLevel = row.branch().length() == 3;
        sums = firstLevel ? sums.plus(row.sums()) : sums;
      }
    }
    return sums;
  }
}

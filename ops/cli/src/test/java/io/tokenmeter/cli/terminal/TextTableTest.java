package io.tokenmeter.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void tableThatFits_hasALineARow() {
    assertThat(runs("llr|lr").lines(39))
        .containsExactly(
            "RUN    WORKFLOW     COST  STATUS  STEPS",
            "run-1  research     0.25  open        3",
            "run-2  code-review  1.50  closed     12");
  }

  @Test
  void columnsThatDoNotFit_goOnBelow_andNothingIsCutOff() {
    assertThat(runs("llrlr").lines(25))
        .containsExactly(
            "RUN    WORKFLOW     COST",
            "  STATUS  STEPS",
            "run-1  research     0.25",
            "  open        3",
            "run-2  code-review  1.50",
            "  closed     12");
  }

  @Test
  void breakThatIsAskedFor_isTakenWhereTheTableIsTooWide() {
    assertThat(runs("ll|rlr").lines(38))
        .startsWith("RUN    WORKFLOW", "  COST  STATUS  STEPS", "run-1  research");
  }

  @Test
  void textThatIsTooWideAlone_isBrokenAtBlanks_andEmptyLinesAreLeftOut() {
    TextTable table = new TextTable("ll");
    table.row("a-model", "batch, flex, priority and web searches");
    table.row("another", "");

    assertThat(table.lines(24))
        .containsExactly("a-model", "  batch, flex, priority", "  and web searches", "another");
  }

  private static TextTable runs(String alignment) {
    TextTable table = new TextTable(alignment);
    table.row("RUN", "WORKFLOW", "COST", "STATUS", "STEPS");
    table.row("run-1", "research", "0.25", "open", "3");
    table.row("run-2", "code-review", "1.50", "closed", "12");
    return table;
  }
}

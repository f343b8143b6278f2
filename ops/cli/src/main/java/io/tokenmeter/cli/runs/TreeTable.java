package io.tokenmeter.cli.runs;

import io.tokenmeter.cli.terminal.Bars;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.TextTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Rows of a tree of steps as a table with the columns that a terminal has room for. */
final class TreeTable {
  private static final int BAR = 10;
  private static final int GAP = 2;
  private static final int MODEL_WIDTH = 18;

  /** Widths of a step's name, characters: what columns give way to, and the bounds. */
  private static final int WANTED_NAME = 30;

  private static final int LEAST_NAME = 16;
  private static final int MOST_NAME = 46;

  private record Column(
      String head, char alignment, boolean isNeeded, Function<TreeRow, String> cell) {
    int width(List<TreeRow> rows) {
      return rows.stream()
          .mapToInt(row -> cell.apply(row).length())
          .reduce(head.length(), Math::max);
    }
  }

  private final List<TreeRow> rows;
  private final BigDecimal total;
  private final Bars bars;

  /**
   * A table.
   *
   * @param total what the whole tree costs, USD
   */
  TreeTable(List<TreeRow> rows, BigDecimal total, Bars bars) {
    this.rows = rows;
    this.total = total;
    this.bars = bars;
  }

  /**
   * The head and a line for each row. The first columns to give way are those that can be told from
   * the costs, then those that the run's totals have.
   *
   * @param width of a line, characters
   */
  List<String> lines(int width) {
    List<Column> columns = new ArrayList<>(figures());
    int name = Math.min(WANTED_NAME, names().width(rows));
    for (int i = columns.size() - 1; i >= 0 && name + used(columns) > width; i--) {
      if (!columns.get(i).isNeeded) {
        columns.remove(i);
      }
    }
    int room = Math.max(LEAST_NAME, Math.min(MOST_NAME, width - used(columns)));
    columns.add(0, column("STEP", 'l', row -> cut(row.branch() + row.name(), room)));
    TextTable table =
        new TextTable(
            columns.stream().map(c -> String.valueOf(c.alignment)).collect(Collectors.joining()));
    table.row(columns.stream().map(Column::head).toArray(String[]::new));
    for (TreeRow row : rows) {
      table.row(columns.stream().map(column -> column.cell.apply(row)).toArray(String[]::new));
    }
    return table.lines();
  }

  private int used(List<Column> columns) {
    return columns.stream().mapToInt(column -> GAP + column.width(rows)).sum();
  }

  private static Column names() {
    return column("STEP", 'l', row -> row.branch() + row.name());
  }

  private List<Column> figures() {
    return List.of(
        column("MODEL", 'l', row -> cut(row.models(), MODEL_WIDTH)),
        column(
            "STEPS",
            'r',
            row -> row.sums().steps() == 1 ? "" : Figures.compact(row.sums().steps())),
        column("IN", 'r', row -> Figures.compact(row.sums().inputTokens())),
        column("OUT", 'r', row -> Figures.compact(row.sums().outputTokens())),
        column("TIME", 'r', row -> time(row.sums().latencyMillis())),
        spare("RETRIES", 'r', row -> unlessZero(row, StepNode.Sums::retries)),
        spare("ERRORS", 'r', row -> unlessZero(row, StepNode.Sums::errors)),
        column("COST", 'r', row -> cost(row.sums())),
        spare("SHARE", 'r', row -> RunView.percent(row.sums().cost(), total)),
        spare("", 'l', row -> bars.bar(RunView.share(row.sums().cost(), total), BAR)));
  }

  private static Column column(String head, char alignment, Function<TreeRow, String> cell) {
    return new Column(head, alignment, true, cell);
  }

  /** A column that may be left out. */
  private static Column spare(String head, char alignment, Function<TreeRow, String> cell) {
    return new Column(head, alignment, false, cell);
  }

  private static String time(long millis) {
    return millis == 0 ? "" : RunView.time(millis);
  }

  private static String unlessZero(TreeRow row, ToLongFunction<StepNode.Sums> figure) {
    long count = figure.applyAsLong(row.sums());
    return count == 0 ? "" : Figures.compact(count);
  }

  private static String cost(StepNode.Sums sums) {
    return sums.unpriced() > 0 && sums.cost().signum() == 0
        ? "unpriced"
        : Figures.dollars(sums.cost(), sums.cost().compareTo(BigDecimal.ONE) < 0 ? 6 : 4);
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }
}

package io.tokenmeter.cli.runs;

import io.tokenmeter.cli.terminal.Bars;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.Style;
import io.tokenmeter.cli.terminal.WrappedText;
import io.tokenmeter.schemas.RunPart;
import io.tokenmeter.schemas.WorkflowRun;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A run for people: its totals from its record, and its steps as a tree. */
final class RunView {
  private final int columns;
  private final Style style;
  private final boolean unicode;

  /**
   * A view.
   *
   * @param columns width of the terminal, characters
   */
  RunView(int columns, Style style, boolean unicode) {
    this.columns = columns;
    this.style = style;
    this.unicode = unicode;
  }

  /** The run in lines: its totals, and its tree in at most {@code bound} of them. */
  List<String> lines(WorkflowRun run, RunTree tree, int bound) {
    List<String> lines = new ArrayList<>(totals(run));
    lines.add("");
    lines.addAll(tree(tree, bound));
    long missing = run.getSteps() - tree.total().steps();
    if (missing != 0) {
      lines.add("");
      String gap =
          "costed-usage has %s of the run's %s steps: the rest has expired there, or is on its way."
              .formatted(Figures.count(tree.total().steps()), Figures.count(run.getSteps()));
      lines.addAll(WrappedText.lines(gap, columns));
    }
    return lines;
  }

  private List<String> totals(WorkflowRun run) {
    List<String> lines = new ArrayList<>();
    lines.add(style.bold("Run " + run.getRunId()) + title(run));
    lines.add(
        style.bold("$" + Figures.exact(run.getCostUsd()))
            + " in "
            + Figures.counted(run.getSteps(), "step")
            + ", depth "
            + Figures.count(run.getDepth())
            + (run.getUnpricedSteps() > 0
                ? ", " + Figures.count(run.getUnpricedSteps()) + " without a price so far"
                : ""));
    lines.add(
        "%s tokens in (%s from the cache), %s out"
            .formatted(
                Figures.count(run.getInputTokens()),
                Figures.count(run.getCacheReadTokens()),
                Figures.count(run.getOutputTokens())));
    lines.add(
        "%s from %s, critical path %s"
            .formatted(
                time(run.getDurationMs()), run.getFirstEventAt(), time(run.getCriticalPathMs())));
    lines.add(
        "%s, which cost $%s; %s"
            .formatted(
                Figures.counted(run.getRetries(), "retry"),
                Figures.exact(run.getRetryCostUsd()),
                Figures.counted(run.getErrors(), "error")));
    addParts(lines, "By model", run.getByModel(), run.getCostUsd());
    addParts(lines, "By agent", run.getByAgent(), run.getCostUsd());
    return lines;
  }

  private static String title(WorkflowRun run) {
    return (run.getWorkflow() == null ? "" : " of " + run.getWorkflow())
        + ", "
        + run.getStatus().name().toLowerCase(Locale.ROOT)
        + (run.getOutcome() == null ? "" : ", " + run.getOutcome());
  }

  /** Says nothing that the totals do not say already. */
  private void addParts(List<String> lines, String title, List<RunPart> parts, BigDecimal total) {
    if (parts.size() > 1) {
      List<String> texts = new ArrayList<>();
      for (RunPart part : parts) {
        texts.add(name(part.getName()) + " " + percent(part.getCostUsd(), total));
      }
      lines.addAll(WrappedText.lines(title + ": " + String.join(", ", texts), columns));
    }
  }

  private static String name(@Nullable String name) {
    return name == null ? "others" : name.isEmpty() ? "none" : name;
  }

  private List<String> tree(RunTree tree, int bound) {
    List<TreeRow> rows = TreeOutline.rows(tree, bound, unicode);
    TreeTable table = new TreeTable(rows, tree.total().cost(), new Bars(unicode));
    List<String> lines = new ArrayList<>(table.lines(columns));
    lines.set(0, style.bold(lines.get(0)));
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).leftOut()) {
        lines.set(i + 1, style.dim(lines.get(i + 1)));
      }
    }
    return lines;
  }

  static String percent(BigDecimal part, BigDecimal total) {
    double percent = 100 * share(part, total);
    return percent > 0 && percent < 0.5 ? "<1 %" : Math.round(percent) + " %";
  }

  static double share(BigDecimal part, BigDecimal total) {
    return total.signum() == 0 ? 0 : part.divide(total, MathContext.DECIMAL32).doubleValue();
  }

  /** Milliseconds as 0.8 s, 12 s, 1:05 and so on. */
  static String time(long millis) {
    if (millis < 10_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    return millis < 60_000 ? millis / 1000 + " s" : Figures.clock(Duration.ofMillis(millis));
  }
}

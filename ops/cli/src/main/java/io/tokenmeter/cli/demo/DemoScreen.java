package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.alerts.AlertText;
import io.tokenmeter.cli.demo.SpendBoard.Spend;
import io.tokenmeter.cli.terminal.Bars;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.Style;
import io.tokenmeter.cli.terminal.Terminal.Size;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.AlertState;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lays the demo's figures out for a terminal of any size from 60x16 up. */
final class DemoScreen {

  private static final int SIDE_BY_SIDE_COLUMNS = 170;
  private static final int WITH_TOKENS_COLUMNS = 64;
  private static final int GAP = 3;

  /** The part of the screen below its head that alerts may take. */
  private static final int ALERTS_PERCENT = 60;

  /** A title, four keys and a blank line: a table with fewer says little. */
  private static final int LEAST_TABLE = 6;

  private static final String COMMANDS =
      "  ops/tokenmeter runs list | runs show RUN_ID | alerts --follow";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE HH:mm 'UTC'", Locale.ENGLISH);

  private final Bars bars;
  private final Style style;

  DemoScreen(Bars bars, Style style) {
    this.bars = bars;
    this.style = style;
  }

  /** The picture: at most as many lines as the terminal has rows, none wider than it is. */
  List<String> render(DemoFigures figures, Size size) {
    int width = Math.max(20, size.columns() - 1);
    List<String> lines = new ArrayList<>(head(figures, width));
    lines.addAll(alerts(figures, (size.rows() - lines.size()) * ALERTS_PERCENT / 100, width));
    int rows = size.rows() - lines.size() - 1;
    if (size.columns() >= SIDE_BY_SIDE_COLUMNS) {
      lines.addAll(sideBySide(figures, width, rows));
    } else {
      lines.addAll(stacked(figures, width, rows));
    }
    return lines.subList(0, Math.min(lines.size(), size.rows() - 1));
  }

  private List<String> head(DemoFigures figures, int width) {
    String clock =
        Figures.clock(figures.elapsed())
            + (figures.duration() == null ? "" : " of " + Figures.clock(figures.duration()))
            + "  Ctrl-C ends it";
    Spend total = figures.total();
    String counts =
        "Requests %s  %s/s   Unpriced %s   Duplicates %s   Rejected %s"
            .formatted(
                Figures.count(total.requests()),
                Figures.count(Math.round(figures.perSecond())),
                Figures.count(total.unpriced()),
                Figures.count(figures.duplicates()),
                Figures.count(figures.rejected()));
    List<String> lines = new ArrayList<>();
    lines.add(style.bold(spread("Tokenmeter demo", clock, width)));
    lines.add(style.dim(cut(companyTime(figures), width)));
    lines.add(style.bold("Cost " + Figures.dollars(total.costUsd(), 6)));
    lines.add(cut(counts, width));
    lines.add(style.dim(cut(figures.note(), width)));
    String config = "In a second terminal, with --config " + figures.configFile() + ":";
    lines.add(style.dim(cut(config, width)));
    lines.add(style.dim(cut(COMMANDS, width)));
    lines.add("");
    return lines;
  }

  private static String companyTime(DemoFigures figures) {
    String time = TIME.format(figures.companyTime().atOffset(ZoneOffset.UTC));
    return figures.fast()
        ? "A company's hour in a minute, after a week of history; there: " + time
        : "The company has caught up with the present: " + time;
  }

  /** The latest alerts with their sentences, in at most so many lines. */
  private List<String> alerts(DemoFigures figures, int rows, int width) {
    if (figures.alerts().isEmpty()) {
      return List.of();
    }
    AlertText text = new AlertText(style, ZoneOffset.UTC);
    List<String> lines = new ArrayList<>();
    long firing =
        figures.alerts().stream().filter(alert -> alert.getState() == AlertState.FIRING).count();
    lines.add(
        style.bold(
            "Alerts: %d firing, %d over".formatted(firing, figures.alerts().size() - firing)));
    for (Alert alert : figures.alerts()) {
      List<String> next = text.brief(alert, figures.companyTime(), width);
      if (lines.size() + next.size() + 1 > rows) {
        break;
      }
      lines.addAll(next);
    }
    lines.add("");
    return lines;
  }

  private List<String> stacked(DemoFigures figures, int width, int rows) {
    int all = SpendBoard.DIMENSIONS.size();
    int tables = Math.max(1, Math.min(all, (rows + 1) / LEAST_TABLE));
    // A title for each table and a blank line between two; the first table has what is over.
    int keys = rows - tables - (tables - 1);
    List<String> lines = new ArrayList<>();
    for (String dimension : SpendBoard.DIMENSIONS.subList(0, tables)) {
      boolean first = lines.isEmpty();
      if (!first) {
        lines.add("");
      }
      int extra = first ? Math.max(0, keys % tables) : 0;
      lines.addAll(table(dimension, figures, width, Math.max(1, keys / tables) + extra));
    }
    return lines;
  }

  private List<String> sideBySide(DemoFigures figures, int width, int rows) {
    int tables = SpendBoard.DIMENSIONS.size();
    int each = (width - GAP * (tables - 1)) / tables;
    List<String> lines = new ArrayList<>();
    for (String dimension : SpendBoard.DIMENSIONS) {
      List<String> table = table(dimension, figures, each, Math.max(1, rows - 1));
      for (int i = 0; i < table.size(); i++) {
        if (i == lines.size()) {
          lines.add("");
        }
        int column = SpendBoard.DIMENSIONS.indexOf(dimension) * (each + GAP);
        lines.set(i, Style.pad(lines.get(i), column) + table.get(i));
      }
    }
    return lines;
  }

  private List<String> table(String dimension, DemoFigures figures, int width, int rows) {
    List<Spend> spends = figures.tables().getOrDefault(dimension, List.of());
    boolean tokens = width >= WITH_TOKENS_COLUMNS;
    int name = tokens ? 26 : Math.min(26, Math.max(20, width - 32));
    List<String> lines = new ArrayList<>();
    lines.add(
        style.bold(
            cut(row(title(dimension), name, "requests", tokens ? "tokens" : null, "cost"), width)));
    BigDecimal dearest = spends.isEmpty() ? BigDecimal.ZERO : spends.get(0).costUsd();
    for (Spend spend : spends.subList(0, Math.min(rows, spends.size()))) {
      String text =
          row(
              spend.key().isEmpty() ? "(none)" : spend.key(),
              name,
              Figures.count(spend.requests()),
              tokens ? Figures.compact(spend.tokens()) : null,
              cost(spend));
      int room = width - text.length() - 2;
      String bar = room < 4 ? "" : "  " + bars.bar(share(spend.costUsd(), dearest), room);
      lines.add(cut(text + bar, width).stripTrailing());
    }
    return lines;
  }

  private static String row(
      String key, int name, String requests, @Nullable String tokens, String cost) {
    return Style.pad(cut(key, name - 1), name)
        + "%9s".formatted(requests)
        + (tokens == null ? "" : "%8s".formatted(tokens))
        + "%13s".formatted(cost);
  }

  private static String cost(Spend spend) {
    return spend.requests() > 0 && spend.unpriced() == spend.requests()
        ? "no price yet"
        : Figures.dollars(spend.costUsd(), 4);
  }

  private static String title(String dimension) {
    return switch (dimension) {
      case SpendBoard.MODEL -> "Model";
      case SpendBoard.API_KEY -> "API key";
      default -> "Workflow";
    };
  }

  private static double share(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0 ? 0 : part.doubleValue() / whole.doubleValue();
  }

  private static String spread(String left, String right, int width) {
    int gap = width - left.length() - right.length();
    return gap < 1 ? cut(left, width) : left + " ".repeat(gap) + right;
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width));
  }
}

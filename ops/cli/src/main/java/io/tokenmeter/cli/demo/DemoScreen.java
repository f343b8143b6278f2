package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.alerts.AlertText;
import io.tokenmeter.cli.demo.SpendBoard.Spend;
import io.tokenmeter.cli.terminal.Bars;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.Style;
import io.tokenmeter.cli.terminal.Terminal.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lays the demo's figures out for a terminal of any size from 60x16 up. */
final class DemoScreen {

  private static final int SIDE_BY_SIDE_COLUMNS = 170;
  private static final int WITH_TOKENS_COLUMNS = 64;
  private static final int GAP = 3;
  private static final int MOST_ALERTS = 4;
  private static final int ROWS_WITH_ALERTS = 22;
  private static final int ROWS_WITH_SENTENCES = 40;

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
    lines.addAll(alerts(figures, size, width));
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
    return List.of(
        style.bold(spread("Tokenmeter demo", clock, width)),
        style.dim(
            cut(
                "Kafka " + figures.bootstrapServers() + "  Registry " + figures.registryUrl(),
                width)),
        style.dim(cut("Send your own: " + figures.intake(), width)),
        style.bold("Cost " + Figures.dollars(total.costUsd(), 6)),
        cut(counts, width),
        style.dim(cut(figures.note(), width)),
        "");
  }

  /** The latest alerts, a line each, and on a high screen their sentences. */
  private List<String> alerts(DemoFigures figures, Size size, int width) {
    if (figures.alerts().isEmpty() || size.rows() < ROWS_WITH_ALERTS) {
      return List.of();
    }
    boolean sentences = size.rows() >= ROWS_WITH_SENTENCES;
    AlertText text = new AlertText(style, ZoneOffset.UTC);
    List<String> lines = new ArrayList<>();
    figures.alerts().stream()
        .limit(MOST_ALERTS)
        .forEach(
            alert -> {
              lines.add(text.headline(alert, Instant.now(), width));
              if (sentences) {
                lines.add(cut("          " + alert.getSentence(), width));
              }
            });
    lines.add("");
    return lines;
  }

  private List<String> stacked(DemoFigures figures, int width, int rows) {
    int tables = SpendBoard.DIMENSIONS.size();
    // A title for each table and a blank line between two of them; the first table has what is
    // over.
    int keys = rows - tables - (tables - 1);
    int perTable = Math.max(1, keys / tables);
    List<String> lines = new ArrayList<>();
    for (String dimension : SpendBoard.DIMENSIONS) {
      boolean first = lines.isEmpty();
      if (!first) {
        lines.add("");
      }
      int extra = first ? Math.max(0, keys % tables) : 0;
      lines.addAll(table(dimension, figures, width, perTable + extra));
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

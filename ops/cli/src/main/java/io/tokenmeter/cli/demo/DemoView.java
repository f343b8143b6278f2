package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.alerts.AlertText;
import io.tokenmeter.cli.demo.SpendBoard.Spend;
import io.tokenmeter.cli.terminal.Bars;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.LiveScreen;
import io.tokenmeter.cli.terminal.Style;
import io.tokenmeter.cli.terminal.Terminal;
import io.tokenmeter.schemas.AlertState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** How the demo's figures reach the person: redrawn in place, or as a line now and then. */
interface DemoView extends AutoCloseable {
  /** Shows the figures of this moment. */
  void show(DemoFigures figures);

  @Override
  void close();

  /** Redrawn in place on a terminal. */
  static DemoView live(PrintWriter out, Terminal terminal) {
    DemoScreen screen =
        new DemoScreen(new Bars(terminal.isUnicode()), new Style(terminal.hasColour()));
    LiveScreen live = new LiveScreen(out);
    return new DemoView() {
      @Override
      public void show(DemoFigures figures) {
        live.draw(screen.render(figures, terminal.size()));
      }

      @Override
      public void close() {
        live.close();
      }
    };
  }

  /** Not at all. */
  static DemoView none() {
    return new DemoView() {
      @Override
      public void show(DemoFigures figures) {}

      @Override
      public void close() {}
    };
  }

  /**
   * A line every five seconds and each change of an alert, for a pipe, a file or a terminal that
   * cannot move its cursor.
   *
   * @param width of a line of an alert, characters
   */
  static DemoView lines(PrintWriter out, int width) {
    return new DemoView() {
      private final AlertText text = new AlertText(new Style(false), ZoneOffset.UTC);
      private final Map<String, AlertState> said = new HashMap<>();
      private Duration next = Duration.ZERO;

      @Override
      public void show(DemoFigures figures) {
        figures.alerts().stream()
            .filter(alert -> said.put(alert.getAlertId(), alert.getState()) != alert.getState())
            .flatMap(alert -> text.lines(alert, figures.companyTime(), width).stream())
            .forEach(out::println);
        if (figures.elapsed().compareTo(next) < 0) {
          return;
        }
        next = figures.elapsed().plusSeconds(5);
        Spend total = figures.total();
        out.println(
            "%s  requests %s  %s/s  cost %s  unpriced %s  duplicates %s  rejected %s"
                .formatted(
                    Figures.clock(figures.elapsed()),
                    Figures.count(total.requests()),
                    Figures.count(Math.round(figures.perSecond())),
                    Figures.dollars(total.costUsd(), 6),
                    Figures.count(total.unpriced()),
                    Figures.count(figures.duplicates()),
                    Figures.count(figures.rejected())));
      }

      @Override
      public void close() {
        out.flush();
      }
    };
  }
}

package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.plot.Chart;
import io.tokenmeter.cli.plot.Envelope;
import io.tokenmeter.cli.plot.Filled;
import io.tokenmeter.cli.plot.Level;
import io.tokenmeter.cli.plot.Panel;
import io.tokenmeter.cli.plot.RowTimes;
import io.tokenmeter.cli.plot.ValueAxis;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;

/** The lower part of a backtest's picture: the score, where it is an alert, and its limit. */
final class ScorePlot {
  static final Color ALERT = new Color(0xd62839);
  private static final Color SCORE = new Color(0x7d8fa3);
  private static final Color LIMIT = new Color(0xb5651d);

  private final String title;
  private final RowTimes times = new RowTimes();
  private final Envelope scores = new Envelope();
  private final Envelope alertScores = new Envelope();

  /** A picture of what was read from a file, or from {@code -}. */
  ScorePlot(String input) {
    title = input.equals("-") ? "standard input" : String.valueOf(Path.of(input).getFileName());
  }

  void add(long millis, double score, boolean alert) {
    times.add(millis);
    scores.add(score);
    alertScores.add(alert ? score : Double.NaN);
  }

  /** How many rows there are so far. */
  long rows() {
    return times.rows();
  }

  /** The whole picture. */
  Chart chart(Panel above, String summary, String limitName, double limit) {
    Panel score =
        new Panel(
            "score",
            3,
            new ValueAxis(0, 1),
            List.of(
                new Filled("score", SCORE, scores),
                new Filled("in an alert", ALERT, alertScores),
                new Level(limitName, LIMIT, limit)));
    return new Chart(title, summary, times, List.of(above, score));
  }
}

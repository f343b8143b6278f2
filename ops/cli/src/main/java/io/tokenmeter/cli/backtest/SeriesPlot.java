package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.plot.Band;
import io.tokenmeter.cli.plot.Chart;
import io.tokenmeter.cli.plot.Envelope;
import io.tokenmeter.cli.plot.Filled;
import io.tokenmeter.cli.plot.Level;
import io.tokenmeter.cli.plot.Marks;
import io.tokenmeter.cli.plot.Panel;
import io.tokenmeter.cli.plot.RowTimes;
import io.tokenmeter.cli.plot.Trace;
import io.tokenmeter.cli.plot.ValueAxis;
import io.tokenmeter.domain.anomaly.series.SeriesScore;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;

/**
 * The picture of a backtest: the series in its normal band with the alerts, and below the score.
 */
final class SeriesPlot {

  private static final Color SERIES = new Color(0x1d4e89);
  private static final Color BAND = new Color(0xcfe3f5);
  private static final Color ALERT = new Color(0xd62839);
  private static final Color SCORE = new Color(0x7d8fa3);
  private static final Color THRESHOLD = new Color(0xb5651d);

  private final String title;
  private final RowTimes times = new RowTimes();
  private final Envelope values = new Envelope();
  private final Envelope lower = new Envelope();
  private final Envelope upper = new Envelope();
  private final Envelope alerts = new Envelope();
  private final Envelope scores = new Envelope();
  private final Envelope alertScores = new Envelope();
  private boolean alerted;

  SeriesPlot(String input) {
    this.title =
        input.equals("-") ? "standard input" : String.valueOf(Path.of(input).getFileName());
  }

  void add(long millis, double value, SeriesScore score, boolean alert) {
    times.add(millis);
    values.add(value);
    lower.add(score.lower());
    upper.add(score.upper());
    alerts.add(alert && !alerted ? value : Double.NaN);
    scores.add(score.score());
    alertScores.add(alert ? score.score() : Double.NaN);
    alerted = alert;
  }

  Chart chart(SeriesSummary summary, double threshold) {
    Panel series =
        new Panel(
            "value",
            7,
            ValueAxis.around(values.lowest(), values.highest()),
            List.of(
                new Band("normal", BAND, lower, upper),
                new Trace("value", SERIES, values),
                new Marks("alert", ALERT, alerts)));
    Panel score =
        new Panel(
            "score",
            3,
            new ValueAxis(0, 1),
            List.of(
                new Filled("score", SCORE, scores),
                new Filled("in an alert", ALERT, alertScores),
                new Level("threshold", THRESHOLD, threshold)));
    return new Chart(title, summary.line(), times, List.of(series, score));
  }
}

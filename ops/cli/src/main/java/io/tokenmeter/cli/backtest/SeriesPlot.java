package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.plot.Band;
import io.tokenmeter.cli.plot.Chart;
import io.tokenmeter.cli.plot.Envelope;
import io.tokenmeter.cli.plot.Marks;
import io.tokenmeter.cli.plot.Panel;
import io.tokenmeter.cli.plot.Trace;
import io.tokenmeter.cli.plot.ValueAxis;
import io.tokenmeter.domain.anomaly.series.SeriesScore;
import java.awt.Color;
import java.util.List;

/**
 * The picture of a backtest: the series in its normal band with the alerts, and below the score.
 */
final class SeriesPlot {

  private static final Color SERIES = new Color(0x1d4e89);
  private static final Color BAND = new Color(0xcfe3f5);

  private final ScorePlot scores;
  private final Envelope values = new Envelope();
  private final Envelope lower = new Envelope();
  private final Envelope upper = new Envelope();
  private final Envelope alerts = new Envelope();
  private boolean alerted;

  SeriesPlot(String input) {
    scores = new ScorePlot(input);
  }

  void add(long millis, double value, SeriesScore score, boolean alert) {
    values.add(value);
    lower.add(score.lower());
    upper.add(score.upper());
    alerts.add(alert && !alerted ? value : Double.NaN);
    scores.add(millis, score.score(), alert);
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
                new Marks("alert", ScorePlot.ALERT, alerts)));
    return scores.chart(series, summary.line(), "threshold", threshold);
  }
}

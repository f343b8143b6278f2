package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.plot.Chart;
import io.tokenmeter.cli.plot.Envelope;
import io.tokenmeter.cli.plot.Filled;
import io.tokenmeter.cli.plot.Layer;
import io.tokenmeter.cli.plot.Level;
import io.tokenmeter.cli.plot.Panel;
import io.tokenmeter.cli.plot.RowTimes;
import io.tokenmeter.cli.plot.Trace;
import io.tokenmeter.cli.plot.ValueAxis;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The picture of a backtest: each model's share of the requests, and below the score. */
final class DriftPlot {
  /** As many models as there are colours that are told apart, in the order in which they appear. */
  private static final Color[] MODELS = {
    new Color(0x1d4e89),
    new Color(0xb5651d),
    new Color(0x2a9d8f),
    new Color(0x7b2d8b),
    new Color(0x6a994e),
    new Color(0x8d6e63)
  };

  private static final Color ALERT = new Color(0xd62839);
  private static final Color SCORE = new Color(0x7d8fa3);
  private static final Color THRESHOLD = new Color(0xb5651d);
  private static final double LIMIT = 0.5;

  private final String title;
  private final RowTimes times = new RowTimes();
  private final Map<String, Envelope> shares = new LinkedHashMap<>();
  private final Envelope scores = new Envelope();
  private final Envelope alertScores = new Envelope();

  DriftPlot(String input) {
    title = input.equals("-") ? "standard input" : String.valueOf(Path.of(input).getFileName());
  }

  void add(long millis, List<ModelRow> together, double score, boolean alert) {
    Map<String, Long> requests = new LinkedHashMap<>();
    long total = 0;
    for (ModelRow row : together) {
      requests.merge(row.model(), row.sums().requests(), Long::sum);
      total += row.sums().requests();
    }
    for (String model : requests.keySet()) {
      if (shares.size() < MODELS.length) {
        shares.computeIfAbsent(model, unused -> unseenUntilNow());
      }
    }
    for (Map.Entry<String, Envelope> entry : shares.entrySet()) {
      long own = requests.getOrDefault(entry.getKey(), 0L);
      entry.getValue().add(total == 0 ? Double.NaN : (double) own / total);
    }
    times.add(millis);
    scores.add(score);
    alertScores.add(alert ? score : Double.NaN);
  }

  private Envelope unseenUntilNow() {
    Envelope envelope = new Envelope();
    for (long row = 0; row < times.rows(); row++) {
      envelope.add(0);
    }
    return envelope;
  }

  Chart chart(DriftSummary summary) {
    List<Layer> models = new ArrayList<>();
    for (Map.Entry<String, Envelope> entry : shares.entrySet()) {
      models.add(new Trace(entry.getKey(), MODELS[models.size()], entry.getValue()));
    }
    Panel mix = new Panel("share of the requests", 7, new ValueAxis(0, 1), models);
    Panel score =
        new Panel(
            "score",
            3,
            new ValueAxis(0, 1),
            List.of(
                new Filled("score", SCORE, scores),
                new Filled("in an alert", ALERT, alertScores),
                new Level("limit", THRESHOLD, LIMIT)));
    return new Chart(title, summary.line(), times, List.of(mix, score));
  }
}

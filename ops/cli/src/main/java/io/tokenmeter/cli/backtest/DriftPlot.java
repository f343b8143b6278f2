package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.plot.Chart;
import io.tokenmeter.cli.plot.Envelope;
import io.tokenmeter.cli.plot.Layer;
import io.tokenmeter.cli.plot.Panel;
import io.tokenmeter.cli.plot.Trace;
import io.tokenmeter.cli.plot.ValueAxis;
import java.awt.Color;
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

  private static final double LIMIT = 0.5;

  private final ScorePlot scores;
  private final Map<String, Envelope> shares = new LinkedHashMap<>();

  DriftPlot(String input) {
    scores = new ScorePlot(input);
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
    scores.add(millis, score, alert);
  }

  private Envelope unseenUntilNow() {
    Envelope envelope = new Envelope();
    for (long row = 0; row < scores.rows(); row++) {
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
    return scores.chart(mix, summary.line(), "limit", LIMIT);
  }
}

package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.csv.CsvColumns;
import io.tokenmeter.cli.csv.CsvFile;
import io.tokenmeter.cli.csv.CsvRow;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.ProgressLine;
import io.tokenmeter.domain.anomaly.series.RowScorer;
import io.tokenmeter.domain.anomaly.series.SeriesAlerts;
import io.tokenmeter.domain.anomaly.series.SeriesPolicy;
import io.tokenmeter.domain.anomaly.series.SeriesScore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One pass of a rule over a file. */
final class SeriesBacktest {

  private static final int TIMESTAMP = 0;
  private static final int VALUE = 1;
  private static final int PROGRESS_EVERY = 10_000;

  private final RowScorer scorer;
  private final SeriesAlerts alerts;
  private final @Nullable SeriesPlot plot;
  private final ProgressLine progress;
  private final SeriesSummary summary = new SeriesSummary();

  SeriesBacktest(SeriesPolicy policy, @Nullable SeriesPlot plot, ProgressLine progress) {
    this.scorer = policy.scorer();
    this.alerts = new SeriesAlerts(policy);
    this.plot = plot;
    this.progress = progress;
  }

  /**
   * Scores all rows.
   *
   * @throws CommandFailedException naming the line that cannot be read, or if there is no row
   */
  SeriesSummary run(CsvFile in, ScoresFile out) throws IOException {
    CsvRow row = in.next();
    if (row == null) {
      throw new CommandFailedException(
          in.name() + " is empty; it must have rows of timestamp,value");
    }
    CsvColumns columns = CsvColumns.of(in, row, "timestamp", "value");
    if (columns.hasHeader()) {
      row = in.next();
    }
    while (row != null) {
      score(in, columns, row, out);
      if (summary.rows() % PROGRESS_EVERY == 0) {
        progress.show("scored " + Figures.count(summary.rows()) + " rows");
      }
      row = in.next();
    }
    if (summary.rows() == 0) {
      throw new CommandFailedException(in.name() + " has a header and no rows");
    }
    return summary;
  }

  private void score(CsvFile in, CsvColumns columns, CsvRow row, ScoresFile out) {
    long millis = columns.millis(in, row);
    double value = columns.number(in, row, VALUE);
    SeriesScore score = scorer.next(millis, value);
    boolean alert = alerts.next(millis, value, score, scorer.stepMillis());
    out.add(row, columns.position(TIMESTAMP), columns.position(VALUE), score.score(), alert);
    summary.add(row.text(columns.position(TIMESTAMP)), millis, value, score, alert);
    summary.step(scorer.stepMillis());
    if (plot != null) {
      plot.add(millis, value, score, alert);
    }
  }
}

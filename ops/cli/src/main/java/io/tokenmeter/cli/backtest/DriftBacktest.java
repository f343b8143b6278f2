package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.CommandFailedException;
import io.tokenmeter.cli.csv.CsvColumns;
import io.tokenmeter.cli.csv.CsvFile;
import io.tokenmeter.cli.csv.CsvRow;
import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.Subject;
import io.tokenmeter.domain.drift.DriftDetector;
import io.tokenmeter.domain.drift.DriftPolicy;
import io.tokenmeter.domain.drift.DriftState;
import io.tokenmeter.domain.rollup.WindowCalendar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pass of the drift detector over a file. */
final class DriftBacktest {
  static final String HEADER = "timestamp,psi,jsd,score,alert,finding";

  private static final String[] NAMES = {"timestamp", "model", "requests", "cost_usd"};
  private static final Subject SUBJECT = new Subject("input", "the input");

  private final DriftPolicy policy;
  private final @Nullable DriftPlot plot;
  private final DriftState state = new DriftState();
  private final DriftSummary summary = new DriftSummary();
  private long nowMicros = Long.MIN_VALUE;

  DriftBacktest(DriftPolicy policy, @Nullable DriftPlot plot) {
    this.policy = policy;
    this.plot = plot;
  }

  /**
   * Judges all times.
   *
   * @throws CommandFailedException naming the line that cannot be read, or if there is no row
   */
  DriftSummary run(CsvFile in, ScoresFile out) throws IOException {
    CsvRow row = in.next();
    if (row == null) {
      throw new CommandFailedException(
          in.name() + " is empty; it must have rows of timestamp,model,requests");
    }
    boolean costs = row.fields().size() >= NAMES.length;
    CsvColumns columns =
        CsvColumns.of(in, row, costs ? NAMES : new String[] {NAMES[0], NAMES[1], NAMES[2]});
    row = columns.hasHeader() ? in.next() : row;
    List<ModelRow> together = new ArrayList<>();
    for (; row != null; row = in.next()) {
      ModelRow next = ModelRow.of(in, columns, row, costs);
      if (!together.isEmpty() && together.get(0).millis() != next.millis()) {
        judge(together, out);
        together.clear();
      }
      together.add(next);
    }
    if (together.isEmpty()) {
      throw new CommandFailedException(in.name() + " has a header and no rows");
    }
    judge(together, out);
    return summary;
  }

  /** All models of one time. */
  private void judge(List<ModelRow> together, ScoresFile out) {
    ModelRow first = together.get(0);
    long minute = WindowCalendar.minuteOf(first.millis() * 1000);
    together.forEach(row -> DriftDetector.add(state, minute, row.model(), row.sums()));
    // Time that steps back corrects what was; it does not turn the detector's clock back.
    nowMicros = Math.max(nowMicros, WindowCalendar.micros(minute + 1));
    Finding finding = DriftDetector.judge(state, SUBJECT, policy, nowMicros);
    DriftDetector.Reading reading = DriftDetector.read(state, policy);
    String sentence = finding == null ? "" : finding.sentence();
    out.add(
        first.timestamp(),
        reading.psi(),
        reading.jsd(),
        reading.score(),
        state.isDrifting(),
        sentence);
    summary.add(first.timestamp(), finding, state.isDrifting());
    if (plot != null) {
      plot.add(first.millis(), together, reading.score(), state.isDrifting());
    }
  }
}

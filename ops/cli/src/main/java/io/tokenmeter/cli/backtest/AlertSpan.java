package io.tokenmeter.cli.backtest;

import io.tokenmeter.domain.anomaly.series.SeriesScore;

/** One alert of a backtest, from its first row to its last, with its most abnormal row. */
final class AlertSpan {

  private final String start;
  private String end;
  private long rows;
  private double worst = -1;
  private double value;
  private double usual;

  AlertSpan(String start) {
    this.start = start;
    this.end = start;
  }

  void add(String timestamp, double observed, SeriesScore score) {
    end = timestamp;
    rows++;
    if (score.abnormality() > worst) {
      worst = score.abnormality();
      value = observed;
      usual = score.usual();
    }
  }

  /** Timestamp of the first row as the file spells it. */
  String start() {
    return start;
  }

  /** Timestamp of the last row as the file spells it. */
  String end() {
    return end;
  }

  long rows() {
    return rows;
  }

  /** How abnormal the most abnormal row is, 0 to 1. */
  double worst() {
    return worst;
  }

  /** Its value. */
  double value() {
    return value;
  }

  /** What was usual then. */
  double usual() {
    return usual;
  }
}

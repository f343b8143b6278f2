package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.TextTable;
import io.tokenmeter.domain.anomaly.series.SeriesPolicy;
import io.tokenmeter.domain.anomaly.series.SeriesScore;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a backtest tells the person at the terminal: the series, and the alerts there would be. */
final class SeriesSummary {

  /** More alerts than these say that the policy is wrong, not what happened. */
  private static final int MOST_SHOWN = 20;

  private static final double WEEK_MILLIS = Duration.ofDays(7).toMillis();

  private final List<AlertSpan> shown = new ArrayList<>();
  private @Nullable AlertSpan open;
  private String first = "";
  private String last = "";
  private long lastMillis;
  private long rows;
  private long missing;
  private long gaps;
  private long notForward;
  private long alerts;
  private long alertRows;
  private long stepMillis;

  void add(String timestamp, long millis, double value, SeriesScore score, boolean alert) {
    if (rows == 0) {
      first = timestamp;
    } else if (millis <= lastMillis) {
      notForward++;
    } else if (stepMillis > 0 && millis - lastMillis > stepMillis * 3 / 2) {
      gaps++;
    }
    rows++;
    missing += Double.isNaN(value) ? 1 : 0;
    last = timestamp;
    lastMillis = millis;
    follow(timestamp, value, score, alert);
  }

  /** Takes note of the time between rows, milliseconds; 0 while unknown. */
  void step(long millis) {
    stepMillis = millis;
  }

  long rows() {
    return rows;
  }

  /** The score from which a row of this series was abnormal. */
  double threshold(SeriesPolicy policy) {
    return policy.threshold(stepMillis);
  }

  /** The series and its policy in one line. */
  String line() {
    return Figures.count(rows) + " rows, " + step() + ", " + alertsText();
  }

  List<String> lines(SeriesPolicy policy) {
    List<String> lines = new ArrayList<>();
    TextTable facts = new TextTable("ll");
    facts.row("Rows", Figures.count(rows) + (missing == 0 ? "" : ", " + missingText()));
    facts.row("Time", first + " to " + last);
    facts.row("Step", step() + irregularities());
    facts.row(
        "Rule",
        SeriesPolicyOptions.name(policy.rule())
            + ", abnormal from score %.3f".formatted(threshold(policy)));
    facts.row("Alerts", alertsText() + (alerts == 0 ? "" : ", " + perWeek()));
    lines.addAll(facts.lines());
    if (shown.size() > MOST_SHOWN) {
      dropTheLeast();
    }
    if (!shown.isEmpty()) {
      lines.add("");
      lines.addAll(table());
    }
    if (alerts > shown.size()) {
      lines.add(
          "and "
              + Figures.count(alerts - shown.size())
              + " less abnormal ones; all are in the output");
    }
    return lines;
  }

  private void follow(String timestamp, double value, SeriesScore score, boolean alert) {
    if (!alert) {
      open = null;
      return;
    }
    if (open == null) {
      open = new AlertSpan(timestamp);
      shown.add(open);
      alerts++;
    }
    open.add(timestamp, value, score);
    alertRows++;
    if (shown.size() > MOST_SHOWN + 1) { // the one that goes on may still become the worst
      dropTheLeast();
    }
  }

  private void dropTheLeast() {
    shown.remove(Collections.min(shown, Comparator.comparingDouble(AlertSpan::worst)));
  }

  private List<String> table() {
    TextTable table = new TextTable("llrrrrr");
    table.row("START", "END", "ROWS", "SCORE", "VALUE", "USUAL", "OFF");
    for (AlertSpan span : shown) {
      table.row(
          span.start(),
          span.end(),
          Figures.count(span.rows()),
          "%.2f".formatted(span.worst()),
          figure(span.value()),
          figure(span.usual()),
          off(span.value(), span.usual()));
    }
    return table.lines();
  }

  private String missingText() {
    return Figures.count(missing) + " of them without a value";
  }

  private String step() {
    return stepMillis == 0
        ? "step unknown in so few rows"
        : "a row every " + Figures.span(Duration.ofMillis(stepMillis));
  }

  private String irregularities() {
    return (gaps == 0 ? "" : ", " + Figures.count(gaps) + (gaps == 1 ? " gap" : " gaps"))
        + (notForward == 0
            ? ""
            : ", "
                + Figures.count(notForward)
                + (notForward == 1 ? " time" : " times")
                + " repeated or stepping back");
  }

  private String alertsText() {
    return Figures.count(alerts) + (alerts == 1 ? " alert" : " alerts");
  }

  private String perWeek() {
    String inAll = Figures.count(alertRows) + (alertRows == 1 ? " row" : " rows") + " in all";
    return stepMillis == 0
        ? inAll
        : "%.2f a week, ".formatted(alerts * WEEK_MILLIS / (rows * (double) stepMillis)) + inAll;
  }

  private static String figure(double value) {
    return Double.isNaN(value)
        ? "unknown"
        : new BigDecimal(value).round(new MathContext(5)).stripTrailingZeros().toPlainString();
  }

  /** How far off, as people say it: a percentage, or times where that gets large. */
  private static String off(double value, double usual) {
    if (Double.isNaN(usual) || value == usual) {
      return "";
    }
    double ratio = value / usual;
    if (!(usual > 0) || ratio < 0 || ratio > 1e6) {
      return (value > usual ? "+" : "") + figure(value - usual);
    }
    return ratio >= 3 ? "%.1f times".formatted(ratio) : "%+.0f%%".formatted(100 * (ratio - 1));
  }
}

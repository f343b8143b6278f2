package io.tokenmeter.cli.backtest;

import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.domain.alert.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a backtest of the drift detector tells the person at the terminal. */
final class DriftSummary {
  private static final int MOST_SHOWN = 40;

  private final List<String> findings = new ArrayList<>();
  private String first = "";
  private String last = "";
  private long times;
  private long alerts;
  private long alertTimes;

  void add(String timestamp, @Nullable Finding finding, boolean alert) {
    first = times == 0 ? timestamp : first;
    last = timestamp;
    times++;
    alertTimes += alert ? 1 : 0;
    if (finding != null) {
      alerts += finding.firing() ? 1 : 0;
      if (findings.size() < MOST_SHOWN) {
        findings.add(timestamp + "  " + finding.sentence());
      }
    }
  }

  /** The file in one line. */
  String line() {
    return Figures.count(times)
        + " times, "
        + Figures.count(alerts)
        + (alerts == 1 ? " alert" : " alerts");
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Time    " + first + " to " + last);
    lines.add("Alerts  " + line() + ", " + Figures.count(alertTimes) + " times in them");
    if (!findings.isEmpty()) {
      lines.add("");
      lines.addAll(findings);
    }
    if (findings.size() == MOST_SHOWN) {
      lines.add("and perhaps more; all are in the output");
    }
    return lines;
  }
}

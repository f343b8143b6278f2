package io.tokenmeter.cli.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.TextTable;
import io.tokenmeter.cli.totals.TotalsReport;
import io.tokenmeter.cli.totals.UsageTotals;
import java.util.ArrayList;
import java.util.List;

/** The summary of a replay, for people and for programs. */
final class ReplayReport {

  private final ReplaySummary summary;

  ReplayReport(ReplaySummary summary) {
    this.summary = summary;
  }

  List<String> text() {
    UsageTotals all = summary.totals().all();
    List<String> lines = new ArrayList<>();
    TextTable facts = new TextTable("lr");
    facts.row("Lines", Figures.count(summary.lines()));
    facts.row("Events, distinct and valid", Figures.count(summary.events()));
    facts.row("Duplicates", Figures.count(summary.duplicates()));
    facts.row("Rejected", Figures.count(summary.rejected()));
    facts.row("Unpriced", Figures.count(all.unpriced()));
    facts.row("Cost by roll-ups, USD", Figures.exact(summary.costUsd()));
    facts.row("Cost by events, USD", Figures.exact(all.costUsd()));
    facts.row(
        "Seconds",
        "%.1f (%s events/s)"
            .formatted(
                summary.duration().toMillis() / 1000.0,
                Figures.count(Math.round(summary.eventsPerSecond()))));
    lines.addAll(facts.lines());
    if (summary.events() > 0) {
      lines.add("");
      lines.addAll(TotalsReport.models(summary.totals()));
      lines.add("");
      lines.addAll(TotalsReport.days(summary.totals()));
    }
    return lines;
  }

  String json() {
    UsageTotals all = summary.totals().all();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("lines", summary.lines());
    root.put("events", summary.events());
    root.put("duplicates", summary.duplicates());
    root.put("rejected", summary.rejected());
    root.put("unpriced", all.unpriced());
    root.put("cost_usd", Figures.exact(summary.costUsd()));
    root.put("cost_usd_from_events", Figures.exact(all.costUsd()));
    root.set("by_model", TotalsReport.modelsJson(summary.totals()));
    root.set("by_day", TotalsReport.daysJson(summary.totals()));
    root.put("seconds", summary.duration().toMillis() / 1000.0);
    root.put("events_per_second", Math.round(summary.eventsPerSecond() * 10) / 10.0);
    return root.toString();
  }
}

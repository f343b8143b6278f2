package io.tokenmeter.cli.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.TextTable;
import io.tokenmeter.cli.totals.CostedTotals.Model;
import io.tokenmeter.cli.totals.UsageTotals;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
    lines.add("");
    lines.addAll(totalsTable("MODEL", models()));
    lines.add("");
    lines.addAll(totalsTable("DAY", days()));
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
    ArrayNode models = root.putArray("by_model");
    for (Map.Entry<Model, UsageTotals> entry : summary.totals().byModel()) {
      ObjectNode model = models.addObject();
      model.put("provider", entry.getKey().provider());
      model.put("model", entry.getKey().name());
      putTotals(model, entry.getValue());
    }
    ArrayNode days = root.putArray("by_day");
    for (Map.Entry<LocalDate, UsageTotals> entry : summary.totals().byDay().entrySet()) {
      ObjectNode day = days.addObject();
      day.put("day", entry.getKey().toString());
      putTotals(day, entry.getValue());
    }
    root.put("seconds", summary.duration().toMillis() / 1000.0);
    root.put("events_per_second", Math.round(summary.eventsPerSecond() * 10) / 10.0);
    return root.toString();
  }

  private static void putTotals(ObjectNode object, UsageTotals totals) {
    object.put("events", totals.events());
    object.put("unpriced", totals.unpriced());
    object.put("input_tokens", totals.inputTokens());
    object.put("output_tokens", totals.outputTokens());
    object.put("cost_usd", Figures.exact(totals.costUsd()));
  }

  private List<Map.Entry<String, UsageTotals>> models() {
    return summary.totals().byModel().stream()
        .map(e -> Map.entry(e.getKey().provider() + " " + e.getKey().name(), e.getValue()))
        .toList();
  }

  private List<Map.Entry<String, UsageTotals>> days() {
    return summary.totals().byDay().entrySet().stream()
        .map(e -> Map.entry(e.getKey().toString(), e.getValue()))
        .toList();
  }

  private static List<String> totalsTable(String title, List<Map.Entry<String, UsageTotals>> rows) {
    TextTable table = new TextTable("lrrrrr");
    table.row(title, "EVENTS", "UNPRICED", "INPUT TOKENS", "OUTPUT TOKENS", "COST USD");
    for (Map.Entry<String, UsageTotals> row : rows) {
      UsageTotals totals = row.getValue();
      table.row(
          row.getKey(),
          Figures.count(totals.events()),
          Figures.count(totals.unpriced()),
          Figures.count(totals.inputTokens()),
          Figures.count(totals.outputTokens()),
          Figures.exact(totals.costUsd()));
    }
    return table.lines();
  }
}

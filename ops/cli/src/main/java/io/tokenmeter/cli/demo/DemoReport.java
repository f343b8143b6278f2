package io.tokenmeter.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.cli.alerts.AlertText;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.Style;
import io.tokenmeter.cli.terminal.TextTable;
import io.tokenmeter.cli.totals.TotalsReport;
import io.tokenmeter.cli.totals.UsageTotals;
import io.tokenmeter.schemas.Alert;
import io.tokenmeter.schemas.WorkflowRun;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The summary of a demo, for people and for programs. */
final class DemoReport {

  private final DemoSummary summary;
  private final int width;

  /**
   * A report.
   *
   * @param width of its lines, characters
   */
  DemoReport(DemoSummary summary, int width) {
    this.summary = summary;
    this.width = width;
  }

  List<String> text() {
    UsageTotals all = summary.totals().all();
    List<String> lines = new ArrayList<>(TotalsReport.models(summary.totals()));
    lines.add("");
    lines.add(
        "%s requests and %s spans: a week, and what came in %s."
            .formatted(
                Figures.count(all.requests()),
                Figures.count(all.events() - all.requests()),
                Figures.clock(summary.ended().duration())));
    lines.add(
        "%s duplicates dropped, %s records rejected, %s events without a price."
            .formatted(
                Figures.count(summary.duplicates()),
                Figures.count(summary.rejected()),
                Figures.count(all.unpriced())));
    lines.add("They cost exactly " + Figures.exact(all.costUsd()) + " USD.");
    lines.add(
        summary.sumsAgree()
            ? "The roll-ups by minute, hour, day and month each add up to the same."
            : "The roll-ups add up to something else: " + summary.costByGranularity());
    lines.addAll(alerts());
    lines.addAll(runs());
    return lines;
  }

  private List<String> alerts() {
    AlertText text = new AlertText(new Style(false), ZoneOffset.UTC);
    List<String> lines = new ArrayList<>();
    for (Alert alert : summary.alerts()) {
      lines.add("");
      lines.addAll(text.brief(alert, summary.ended().companyTime(), width));
    }
    return lines;
  }

  private List<String> runs() {
    if (summary.runs().isEmpty()) {
      return List.of();
    }
    TextTable table = new TextTable("lrrl");
    table.row("RUN", "STEPS", "COST USD", "");
    for (RunSample sample : summary.runs()) {
      WorkflowRun run = sample.run();
      table.row(
          run.getRunId(),
          Figures.count(run.getSteps()),
          Figures.exact(run.getCostUsd()),
          sample.about());
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("Runs worth a look. Each demo with this seed has them; while one is on:");
    lines.add("  ops/tokenmeter runs show RUN --config " + summary.ended().configFile());
    lines.add("");
    lines.addAll(table.lines());
    return lines;
  }

  private static ArrayNode alertsJson(List<Alert> alerts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Alert alert : alerts) {
      ObjectNode node = array.addObject();
      node.put("alert_id", alert.getAlertId());
      node.put("state", alert.getState().toString());
      node.put("severity", alert.getSeverity().toString());
      node.put("sentence", alert.getSentence());
    }
    return array;
  }

  private static ArrayNode runsJson(List<RunSample> runs) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (RunSample sample : runs) {
      WorkflowRun run = sample.run();
      ObjectNode node = array.addObject();
      node.put("run_id", run.getRunId());
      node.put("workflow", run.getWorkflow());
      node.put("about", sample.about());
      node.put("steps", run.getSteps());
      node.put("cost_usd", Figures.exact(run.getCostUsd()));
    }
    return array;
  }

  String json() {
    UsageTotals all = summary.totals().all();
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("events", all.events());
    root.put("requests", all.requests());
    root.put("duplicates", summary.duplicates());
    root.put("rejected", summary.rejected());
    root.put("unpriced", all.unpriced());
    root.put("cost_usd_from_events", Figures.exact(all.costUsd()));
    ObjectNode rollups = root.putObject("cost_usd_from_rollups");
    summary
        .costByGranularity()
        .forEach(
            (granularity, cost) ->
                rollups.put(granularity.toString().toLowerCase(Locale.ROOT), Figures.exact(cost)));
    root.put("sums_agree", summary.sumsAgree());
    root.set("alerts", alertsJson(summary.alerts()));
    root.set("runs", runsJson(summary.runs()));
    root.set("by_model", TotalsReport.modelsJson(summary.totals()));
    root.put("seconds", summary.ended().duration().toMillis() / 1000.0);
    return root.toString();
  }
}

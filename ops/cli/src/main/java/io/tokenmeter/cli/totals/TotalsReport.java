package io.tokenmeter.cli.totals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.TextTable;
import java.util.List;

/** Totals by model and by day, as tables and as JSON. */
public final class TotalsReport {

  private TotalsReport() {}

  /** A table of the models, the dearest first. */
  public static List<String> models(CostedTotals totals) {
    TextTable table = table("MODEL");
    totals
        .byModel()
        .forEach(
            entry ->
                row(
                    table,
                    entry.getKey().provider() + " " + entry.getKey().name(),
                    entry.getValue()));
    return table.lines();
  }

  /** A table of the days in their order. */
  public static List<String> days(CostedTotals totals) {
    TextTable table = table("DAY");
    totals.byDay().forEach((day, of) -> row(table, day.toString(), of));
    return table.lines();
  }

  /** The models, the dearest first. */
  public static ArrayNode modelsJson(CostedTotals totals) {
    ArrayNode models = JsonNodeFactory.instance.arrayNode();
    totals
        .byModel()
        .forEach(
            entry ->
                put(
                    models
                        .addObject()
                        .put("provider", entry.getKey().provider())
                        .put("model", entry.getKey().name()),
                    entry.getValue()));
    return models;
  }

  /** The days in their order. */
  public static ArrayNode daysJson(CostedTotals totals) {
    ArrayNode days = JsonNodeFactory.instance.arrayNode();
    totals.byDay().forEach((day, of) -> put(days.addObject().put("day", day.toString()), of));
    return days;
  }

  private static TextTable table(String title) {
    TextTable table = new TextTable("lrrrrr");
    table.row(title, "EVENTS", "UNPRICED", "INPUT TOKENS", "OUTPUT TOKENS", "COST USD");
    return table;
  }

  private static void row(TextTable table, String name, UsageTotals totals) {
    table.row(
        name,
        Figures.count(totals.events()),
        Figures.count(totals.unpriced()),
        Figures.count(totals.inputTokens()),
        Figures.count(totals.outputTokens()),
        Figures.exact(totals.costUsd()));
  }

  private static void put(ObjectNode object, UsageTotals totals) {
    object.put("events", totals.events());
    object.put("unpriced", totals.unpriced());
    object.put("input_tokens", totals.inputTokens());
    object.put("output_tokens", totals.outputTokens());
    object.put("cost_usd", Figures.exact(totals.costUsd()));
  }
}

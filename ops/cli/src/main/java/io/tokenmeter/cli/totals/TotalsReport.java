package io.tokenmeter.cli.totals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenmeter.cli.terminal.Figures;
import io.tokenmeter.cli.terminal.TextTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Totals by model and by day, as tables and as JSON. */
public final class TotalsReport {

  private TotalsReport() {}

  /** A table of the models, the dearest first; with the provider where the name is not enough. */
  public static List<String> models(CostedTotals totals) {
    List<Map.Entry<String, UsageTotals>> rows =
        totals.byModel().stream()
            .map(entry -> Map.entry(name(entry.getKey(), totals), entry.getValue()))
            .toList();
    return table("MODEL", rows);
  }

  /** A table of the days in their order. */
  public static List<String> days(CostedTotals totals) {
    List<Map.Entry<String, UsageTotals>> rows =
        totals.byDay().entrySet().stream()
            .map(entry -> Map.entry(entry.getKey().toString(), entry.getValue()))
            .toList();
    return table("DAY", rows);
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

  private static String name(CostedTotals.Model model, CostedTotals totals) {
    long namesakes =
        totals.byModel().stream().filter(e -> e.getKey().name().equals(model.name())).count();
    return namesakes == 1 ? model.name() : model.name() + " (" + model.provider() + ")";
  }

  /** Says how many events are unpriced only where there are any. */
  private static List<String> table(String title, List<Map.Entry<String, UsageTotals>> rows) {
    boolean unpriced = rows.stream().anyMatch(row -> row.getValue().unpriced() > 0);
    TextTable table = new TextTable(unpriced ? "lrrrrr" : "lrrrr");
    addRow(table, unpriced ? "UNPRICED" : null, title, "EVENTS", "INPUT", "OUTPUT", "COST USD");
    for (Map.Entry<String, UsageTotals> row : rows) {
      UsageTotals totals = row.getValue();
      addRow(
          table,
          unpriced ? Figures.count(totals.unpriced()) : null,
          row.getKey(),
          Figures.count(totals.events()),
          Figures.count(totals.inputTokens()),
          Figures.count(totals.outputTokens()),
          Figures.exact(totals.costUsd()));
    }
    return table.lines();
  }

  private static void addRow(
      TextTable table,
      @Nullable String unpriced,
      String name,
      String events,
      String input,
      String output,
      String cost) {
    if (unpriced == null) {
      table.row(name, events, input, output, cost);
    } else {
      table.row(name, events, unpriced, input, output, cost);
    }
  }

  private static void put(ObjectNode object, UsageTotals totals) {
    object.put("events", totals.events());
    object.put("unpriced", totals.unpriced());
    object.put("input_tokens", totals.inputTokens());
    object.put("output_tokens", totals.outputTokens());
    object.put("cost_usd", Figures.exact(totals.costUsd()));
  }
}
